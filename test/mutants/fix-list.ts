import type { EngineMutant } from './build-list';

/** Of what is fixed at once, what is silenced, and what isolating keeps. */
export const fixMutants: readonly EngineMutant[] = [
  {
    name: 'fix all: two removals leave an empty list',
    file: 'lint/fix-all.ts',
    find: 'if (more.bereft.some(node => known.bereft.includes(node))) return true;',
    replace: '',
    tests: ['cli-fix'],
  },
  {
    name: 'fix all: a part is applied where the rest is refused',
    file: 'lint/fix-all.ts',
    find: 'if (hindrance) {',
    replace: 'if (hindrance && reasons.length < 2) {',
    tests: ['cli-fix'],
  },
  {
    name: 'ignore: a line above the first speaks for the document',
    file: 'lint/ignore-comment.ts',
    find: 'const isFirst = headAt(file, at) !== undefined;',
    replace: 'const isFirst = false;',
    tests: ['linter'],
  },
  {
    name: 'ignore: a comment above a string does not speak for it',
    file: 'lint/suppressions.ts',
    find: 'if (string) offsets.push(',
    replace: 'if (!string) offsets.push(',
    tests: ['linter'],
  },
  {
    name: 'intent: our own comment is one',
    file: 'kube/policies/policy-intent.ts',
    find: '.filter(text => !/^\\s*kube-netlint-ignore/.test(text))',
    replace: '',
    tests: ['laws'],
  },
  {
    name: 'isolate: pods without a label are all pods',
    file: 'network/answers/isolation-plan.ts',
    find: 'return labels.size === 0 ? [] : [peerOf(labels, elsewhere)];',
    replace: 'return [peerOf(labels, elsewhere)];',
    tests: ['isolate-keeps'],
  },
  {
    name: 'isolate: webhooks are cut',
    file: 'network/answers/entries.ts',
    find: '...apiServerCallsInto(namespace, network),',
    replace: '',
    tests: ['isolate-keeps'],
  },
  {
    name: 'dns: OpenShift asks for its port of everybody',
    file: 'network/answers/dns-reach.ts',
    find: "picks(choice, 'kube-system') === false && mayMeanDns(choice.pods)",
    replace: 'mayMeanDns(choice.pods)',
    tests: ['dns-reach'],
  },
];
