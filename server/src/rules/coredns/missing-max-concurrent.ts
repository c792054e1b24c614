import { forwardOf } from '../../corefile/forward';
import { nearestOption, pluginNamed } from '../../corefile/plugins';
import { isAtLeast } from '../../corefile/versions';
import { areSameZone } from '../../corefile/zone';
import { withOptions } from '../../kube/dns/corefile-edit';
import { clusterPlugins } from '../../kube/dns/corefiles';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-max-concurrent',
  title: "'forward' of the cluster DNS has a 'max_concurrent' limit",
  severity: 'hint',
  options: ['kubernetes'],
  references: ['https://coredns.io/plugins/forward/'],

  check(view, report) {
    const { coreDns } = view;
    if (!view.isClusterDns || view.form !== 'whole' || coreDns === undefined || !isAtLeast(coreDns.version, '1.7.0'))
      return;
    const plugin = pluginNamed('forward');
    // A stub zone is a small share of the queries; all others are forwarded by the root block, or beside the Services.
    const home = readBlocks(view.corefile).filter(
      ({ block, lines }) =>
        block.keys.some(({ zone }) => areSameZone(zone, '.')) || linesNamed(lines, ...clusterPlugins).length > 0,
    );
    const lines = home.flatMap(block => linesNamed(block.lines, 'forward'));
    const unlimited = [...new Set(lines)].filter(line => {
      const { maxConcurrent, upstreams, isComplete } = forwardOf(line, view.corefile);
      if (maxConcurrent !== undefined || upstreams.length === 0 || !isComplete) return false;
      // A misspelt one is told as what it is.
      return !(plugin && line.options.some(({ name }) => nearestOption(plugin, name.text) === 'max_concurrent'));
    });
    const [first] = unlimited;
    if (first === undefined) return;
    const limits = unlimited.map(line => withOptions(view.corefile, line, ['max_concurrent 1000']));
    report(
      placeOf(view, first.name),
      {
        what: "'forward' has no 'max_concurrent' limit",
        why: 'While the upstream is slow, waiting queries fill the memory of CoreDNS without limit.',
        how: "Add 'max_concurrent 1000', as kubeadm does: further queries are refused until others are answered.",
      },
      { fixes: corefileFix(view, "Add 'max_concurrent 1000'", limits) },
    );
  },
});
