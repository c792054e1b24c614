import { forwardOf } from '../../corefile/forward';
import { nearestOption, pluginNamed } from '../../corefile/plugins';
import { isAtLeast } from '../../corefile/versions';
import { withOptions } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-max-concurrent',
  title: 'A slow upstream can not fill the memory of CoreDNS',
  severity: 'hint',
  references: ['https://coredns.io/plugins/forward/'],

  check(view, report) {
    const { coreDns } = view;
    if (view.role !== 'cluster' || coreDns === undefined || !isAtLeast(coreDns.version, '1.7.0')) return;
    const plugin = pluginNamed('forward');
    for (const line of linesNamed(pluginLines(view.corefile), 'forward')) {
      const { maxConcurrent, upstreams, isComplete } = forwardOf(line, view.corefile);
      if (maxConcurrent !== undefined || upstreams.length === 0 || !isComplete) continue;
      // A misspelt one is told as what it is.
      if (plugin && line.options.some(({ name }) => nearestOption(plugin, name.text) === 'max_concurrent')) continue;
      report(
        placeOf(view, line.name),
        "Queries that wait for this upstream have no limit, so a slow one fills the memory of CoreDNS. 'max_concurrent 1000', as kubeadm has it, refuses further queries until others are answered.",
        {
          fixes: corefileFix(view, "Add 'max_concurrent 1000'", [
            withOptions(view.corefile, line, ['max_concurrent 1000']),
          ]),
        },
      );
    }
  },
});
