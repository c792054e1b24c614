import { defineCorefileRule } from './shared/corefile-rule';
import { checkEndpoint } from './shared/endpoint';

export default defineCorefileRule({
  id: 'coredns/missing-health',
  title: 'CoreDNS says that it is alive',
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
        advice:
          "Without the plugin 'health' no liveness probe can tell that CoreDNS hangs, and it does not wait on shutdown until clients have gone elsewhere ('lameduck').",
      },
      report,
    ),
});
