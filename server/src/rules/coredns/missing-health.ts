import { defineCorefileRule } from './shared/corefile-rule';
import { checkEndpoint } from './shared/endpoint';

export default defineCorefileRule({
  id: 'coredns/missing-health',
  title: "The cluster DNS has a 'health' endpoint for its liveness probe",
  severity: 'info',
  references: ['https://coredns.io/plugins/health/'],

  check: (view, report) =>
    checkEndpoint(
      view,
      {
        plugin: 'health',
        path: '/health',
        port: 8080,
        since: '1.0.0',
        block: ['lameduck 5s'],
        advice: {
          what: "Cluster DNS has no plugin 'health'",
          why: "No liveness probe can detect that CoreDNS hangs, and it stops answering at once on shutdown ('lameduck').",
          how: "Add 'health' with 'lameduck 5s'.",
        },
      },
      report,
    ),
});
