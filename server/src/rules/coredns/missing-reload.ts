import { podTemplateOf } from '../../kube/pods/workload';
import { addLine, defineCorefileRule, wholeClusterCorefile } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-reload',
  title: "The cluster DNS has 'reload' to apply changes of its Corefile",
  severity: 'info',
  references: ['https://coredns.io/plugins/reload/'],

  check(view, report) {
    const whole = wholeClusterCorefile(view);
    if (whole === undefined || !view.isClusterDns || whole.has('reload') || restartsItself(view.workload)) return;
    report(
      whole.place,
      {
        what: "Cluster DNS has no plugin 'reload'",
        why: 'Changes of this Corefile have no effect until the pods of CoreDNS are restarted.',
        how: "Add 'reload', which applies them within a minute and keeps the old Corefile if the new one is broken.",
      },
      { fixes: addLine(view, whole.block, { line: 'reload' }) },
    );
  },
});

/** A checksum in the pod template is how charts roll the pods when a ConfigMap changes. */
function restartsItself(workload: Parameters<typeof podTemplateOf>[0] | undefined): boolean {
  const annotations = workload && podTemplateOf(workload).at('metadata', 'annotations');
  return annotations?.entries().some(({ key }) => /checksum|hash|reloader/i.test(String(key))) === true;
}
