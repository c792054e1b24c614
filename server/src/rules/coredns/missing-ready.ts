import { defineCorefileRule } from './shared/corefile-rule';
import { checkEndpoint } from './shared/endpoint';

export default defineCorefileRule({
  id: 'coredns/missing-ready',
  title: "The cluster DNS has a 'ready' endpoint for its readiness probe",
  severity: 'info',
  options: ['kubernetes'],
  references: ['https://coredns.io/plugins/ready/'],

  check: (view, report) =>
    checkEndpoint(
      view,
      {
        plugin: 'ready',
        path: '/ready',
        port: 8181,
        since: '1.5.0',
        advice: {
          what: "Cluster DNS has no plugin 'ready'",
          why: 'A readiness probe cannot tell whether CoreDNS has loaded the Services, so a new pod gets queries too early.',
          how: "Add 'ready', and point the readinessProbe to port 8181.",
        },
      },
      report,
    ),
});
