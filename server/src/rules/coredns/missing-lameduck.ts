import { optionsNamed } from '../../corefile/imports';
import { withOptions } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-lameduck',
  title: 'A CoreDNS that shuts down answers until clients have gone elsewhere',
  severity: 'info',
  references: ['https://coredns.io/plugins/health/'],

  check(view, report) {
    if (view.role !== 'cluster') return;
    for (const line of linesNamed(pluginLines(view.corefile), 'health')) {
      const { directives, isComplete } = optionsNamed(line, 'lameduck', view.corefile);
      if (directives.length > 0 || !isComplete) continue;
      report(
        placeOf(view, line.name),
        "On shutdown CoreDNS stops answering at once, while nodes still send queries to its pod for a moment: those fail or wait for a timeout. With 'lameduck 5s' it answers for 5 more seconds.",
        { fixes: corefileFix(view, "Add 'lameduck 5s'", [withOptions(view.corefile, line, ['lameduck 5s'])]) },
      );
    }
  },
});
