import { defineCorefileRule } from './shared/corefile-rule';
import { checkEndpoint } from './shared/endpoint';

export default defineCorefileRule({
  id: 'coredns/missing-ready',
  title: 'CoreDNS says when it is ready to answer',
  severity: 'info',
  references: ['https://coredns.io/plugins/ready/'],

  check: (view, report) =>
    checkEndpoint(
      view,
      {
        plugin: 'ready',
        path: '/ready',
        port: 8181,
        since: '1.5.0',
        advice:
          "Without the plugin 'ready' a readiness probe can't see whether CoreDNS has the Services yet: a new pod gets queries before it can answer them.",
      },
      report,
    ),
});
