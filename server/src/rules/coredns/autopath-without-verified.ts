import { kubernetesOf } from '../../corefile/kubernetes';
import { withOptions } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/autopath-without-verified',
  title: "'autopath @kubernetes' has 'pods verified' beside it",
  severity: 'error',
  references: ['https://coredns.io/plugins/autopath/', 'https://coredns.io/plugins/kubernetes/'],

  check(view, report) {
    const { corefile } = view;
    for (const { lines } of readBlocks(corefile)) {
      const source = linesNamed(lines, 'autopath')
        .map(({ args }) => args.at(-1))
        .find(token => token?.text === '@kubernetes');
      const [line] = linesNamed(lines, 'kubernetes');
      if (source === undefined || line === undefined) continue;
      const { pods, isComplete } = kubernetesOf(line, corefile);
      if (!isComplete || pods?.text === 'verified' || pods?.isDynamic === true) continue;
      report(
        placeOf(view, source),
        {
          what: "'autopath @kubernetes' has no effect without 'pods verified'",
          why: `'autopath' looks up the namespace of a client by its address, and ${pods === undefined ? "without 'pods'" : `with 'pods ${pods.text}'`} the plugin 'kubernetes' keeps no list of pods.`,
          how: "Set 'pods verified', which costs memory for every pod, or remove autopath.",
        },
        {
          related: [{ at: placeOf(view, pods ?? line.name), message: "'pods verified' belongs here" }],
          fixes: corefileFix(view, "Set 'pods verified'", [
            pods === undefined
              ? withOptions(corefile, line, ['pods verified'])
              : { range: pods.range, text: 'verified' },
          ]),
        },
      );
    }
  },
});
