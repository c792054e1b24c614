/** One break of the engine: a text of a file, what stands there instead, and the tests that must notice. */
export interface EngineMutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Names of test files. */
  readonly tests: readonly string[];
}

/** Breaks of builds, of who sees whom, and of what rests on them. */
export const buildMutants: readonly EngineMutant[] = [
  {
    name: 'merge: what is absent in a build that lists no such thing is missing',
    file: 'lint/merge.ts',
    find: 'if (view && owner && raw.detail.among && !view.holds(owner, raw.detail.among)) return;',
    replace: '',
    tests: ['absence'],
  },
  {
    name: 'merge: what Flux merges elsewhere is judged',
    file: 'lint/merge.ts',
    find: 'if (owner && isMergedElsewhere(owner)) return;',
    replace: '',
    tests: ['absence'],
  },
  {
    name: 'linter: what only alternatives have is missing',
    file: 'lint/linter.ts',
    find: 'isSure(one) || places.has(placeKey(one.raw))',
    replace: 'true',
    tests: ['absence'],
  },
  {
    name: 'alternatives: equal objects make them too',
    file: 'deploy/alternatives.ts',
    find: 'const byContent = grouped(same, ({ resource }) => contentOf(resource));',
    replace: 'const byContent = new Map(same.map((one, i) => [i, [one]]));',
    tests: ['workspace'],
  },
  {
    name: 'alternatives: all siblings are',
    file: 'deploy/alternatives.ts',
    find: 'if (count > 1 || (isEnvironment(one) && isEnvironment(other)))',
    replace: 'if (count > 0)',
    tests: ['workspace'],
  },
  {
    name: 'alternatives: no siblings are',
    file: 'deploy/alternatives.ts',
    find: 'if (count > 1 || (isEnvironment(one) && isEnvironment(other)))',
    replace: 'if (count > 1000)',
    tests: ['workspace'],
  },
  {
    name: 'alternatives: no crowd is too large',
    file: 'deploy/alternatives.ts',
    find: 'if (byContent.size > most) for (const { build } of same) crowd.add(build);',
    replace: '',
    tests: ['workspace'],
  },
  {
    name: 'builds: what did not change is built again',
    file: 'deploy/made-build.ts',
    find: 'if (old && isAlike && isUnchanged(old, files)) return old;',
    replace: '',
    tests: ['workspace'],
  },
  {
    name: 'builds: an equal object is another one',
    file: 'deploy/made-build.ts',
    find: 'const resource = same ?? resourceOf(object);',
    replace: 'const resource = resourceOf(object);',
    tests: ['workspace'],
  },
  {
    name: 'deliveries: what is delivered is applied alone too',
    file: 'deploy/builds.ts',
    find: '...withoutTaken(plain, delivered)',
    replace: '...plain',
    tests: ['deliveries'],
  },
  {
    name: 'substitute: objects can not refuse it',
    file: 'deploy/substitute.ts',
    find: 'if (!refuses)',
    replace: 'if (true)',
    tests: ['deliveries'],
  },
  {
    name: 'built node: what a build puts together may be edited',
    file: 'yaml/built-node.ts',
    find: "return this.#value.type === 'scalar' && this.#value.value !== scalarIn(written);",
    replace: 'return false;',
    tests: ['built-node'],
  },
  {
    name: 'built node: what is written nowhere may be edited',
    file: 'yaml/built-node.ts',
    find: "if (this.#value.type === 'mapping') return this.#value.isMade;",
    replace: '',
    tests: ['built-node'],
  },
  {
    name: 'edit: the value of an operation is a field',
    file: 'yaml/edit.ts',
    find: "typeof key === 'number' ? typeof written.key === 'number' : key === written.key;",
    replace: 'true || [key, written];',
    tests: ['built-node'],
  },
  {
    name: 'fix: a base is changed for one overlay',
    file: 'lint/fix.ts',
    find: 'fix.reachesOthers ? () => true : changesOnly',
    replace: 'true ? () => true : changesOnly',
    tests: ['who-sees-whom'],
  },
  {
    name: 'view: what a scaffold leaves open is settled',
    file: 'workspace/cluster-view.ts',
    find: 'home === scaffold || isPlaceholder(home)',
    replace: 'false',
    tests: ['absence'],
  },
  {
    name: 'deliveries: two take the same folder',
    file: 'deploy/delivered.ts',
    find: 'if (above.some(one => targets.has(one))) continue;',
    replace: '',
    tests: ['deliveries'],
  },
  {
    name: 'deliveries: clusters are one',
    file: 'deploy/alternatives.ts',
    find: 'if (build.cluster !== undefined) {',
    replace: 'if (build.name === undefined) {',
    tests: ['deliveries'],
  },
  {
    name: 'builds: files that a kustomization leaves out are applied',
    file: 'deploy/builds.ts',
    find: 'isListed || ',
    replace: '',
    tests: ['absence'],
  },
  {
    name: 'builds: settings of tools are applied',
    file: 'deploy/builds.ts',
    find: "!== 'true'",
    replace: "!== 'never'",
    tests: ['workspace'],
  },
];
