import { nameOf } from '../../kube/resource';
import { endpointsOf } from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { monitoredIn, monitoringKinds } from '../../network/references/monitored';

export default defineRule({
  id: 'monitoring/unnamed-port',
  title: 'Service ports that a ServiceMonitor scrapes have a name',
  severity: 'info',
  per: 'scope',
  kinds: monitoringKinds,
  subjects: ['Service'],
  references: ['https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint'],

  check(cluster, report) {
    for (const { monitor, services } of monitoredIn(cluster)) {
      const asked = new Set(
        endpointsOf(monitor).flatMap(endpoint =>
          endpoint.at('port').exists ? [] : (endpoint.at('targetPort').text ?? []),
        ),
      );
      for (const service of services) {
        const port = servicePortsOf(service).find(
          ({ name, target }) => name === undefined && asked.has(String(target)),
        );
        if (port === undefined) continue;
        report(
          port.node.at('port'),
          {
            what: `Metrics port ${port.number} of Service '${nameOf(service)}' has no name`,
            why: `ServiceMonitor '${nameOf(monitor)}' can only select it by 'targetPort', the number on the pods, and loses it when that changes.`,
            how: "Name the port, and select it by 'port' in the ServiceMonitor.",
          },
          {
            related: [{ at: monitor.name, message: 'ServiceMonitor that scrapes it' }],
            fixes: [set("Call the port 'metrics'", port.node.at('name'), 'metrics')],
          },
        );
      }
    }
  },
});
