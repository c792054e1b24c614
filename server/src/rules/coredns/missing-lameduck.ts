import { optionsNamed } from '../../corefile/imports';
import { withOptions } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-lameduck',
  title: "'health' of the cluster DNS has a 'lameduck' period",
  severity: 'info',
  references: ['https://coredns.io/plugins/health/'],

  check(view, report) {
    const [line] = linesNamed(pluginLines(view.corefile), 'health');
    if (line === undefined || !view.isClusterDns) return;
    const { directives, isComplete } = optionsNamed(line, 'lameduck', view.corefile);
    if (directives.length > 0 || !isComplete) return;
    report(
      placeOf(view, line.name),
      {
        what: "'health' has no 'lameduck' period",
        why: 'On shutdown CoreDNS stops answering at once, while nodes still send queries to its pod: those fail or time out.',
        how: "Add 'lameduck 5s', so that it answers for 5 more seconds.",
      },
      { fixes: corefileFix(view, "Add 'lameduck 5s'", [withOptions(view.corefile, line, ['lameduck 5s'])]) },
    );
  },
});
