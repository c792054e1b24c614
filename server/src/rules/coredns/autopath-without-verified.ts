import { kubernetesOf } from '../../corefile/kubernetes';
import { withOptions } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/autopath-without-verified',
  title: 'autopath knows the pods that ask',
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
        `autopath finds the namespace of the pod that asks by its address, which the plugin 'kubernetes' knows only with 'pods verified'; here it has ${pods === undefined ? 'no' : `'pods ${pods.text}', so no`} list of pods, and autopath does nothing. The list costs memory for every pod of the cluster.`,
        {
          related: [{ at: placeOf(view, pods ?? line.name), message: "This is where 'pods verified' belongs." }],
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
