import { containerPortsOf } from '../../kube/pods/workload';
import { endpointsOf, isPodMonitor, type Monitor, monitorKinds } from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { type Monitored, type MonitoringKind, monitoredIn, monitoringKinds } from '../../network/references/monitored';
import { nearest } from '../../text/distance';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/unknown-port',
  title: 'A monitor names a port that its Services or pods have',
  severity: 'error',
  per: 'scope',
  kinds: monitoringKinds,
  subjects: monitorKinds,
  about: 'absence',
  references: ['https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint'],

  check(cluster, report) {
    for (const monitored of monitoredIn(cluster)) {
      const { monitor } = monitored;
      const ports = portsOf(monitored);
      if (ports === undefined) continue;
      for (const endpoint of endpointsOf(monitor)) {
        const field = endpoint.at('port');
        const name = field.text ?? '';
        if (name === '' || ports.some(port => port.name === name) || isInjected(name)) continue;
        const isNumber = /^\d+$/.test(name);
        const names = [...new Set(ports.flatMap(port => port.name ?? []))];
        const what = isPodMonitor(monitor) ? 'container port' : 'port';
        const listed =
          names.length > 0
            ? ` They have ${names
                .slice(0, 8)
                .map(one => `'${one}'`)
                .join(', ')}.`
            : ' None of them has a name.';
        const advice = isNumber ? ` 'port' takes a name; a number belongs into ${numberField(monitor)}.` : listed;
        report(
          field,
          `No ${what} of ${shown(monitored)} is called '${name}', so this ${monitor.kindName} finds nothing to read.${advice}`,
          { related: relatedOf(monitored), fixes: fixesOf(endpoint, name, ports, names, monitor) },
        );
      }
    }
  },
});

interface NamedPort {
  readonly name: string | undefined;
  readonly number: number;
}

/** The ports of all that is selected; undefined where nothing is, or where none are listed. */
function portsOf({ monitor, services, workloads }: Monitored<MonitoringKind>): readonly NamedPort[] | undefined {
  const ports = isPodMonitor(monitor) ? workloads.flatMap(containerPortsOf) : services.flatMap(servicePortsOf);
  return ports.length === 0 ? undefined : ports;
}

/** Sidecars that a mesh puts in bring ports of their own. */
const isInjected = (name: string) =>
  /^(?:http-envoy-prom|http-monitoring|linkerd-admin|metrics-envoy|istio-.*)$/.test(name);

const numberField = (monitor: Monitor) => (isPodMonitor(monitor) ? "'portNumber'" : "'targetPort'");

function shown({ services, workloads }: Monitored<MonitoringKind>): string {
  const [first, ...others] = services.length > 0 ? services : workloads;
  const name = `${first?.kindName} '${first?.name.text ?? ''}'`;
  return others.length === 0 ? name : `${name} and ${others.length} more`;
}

function relatedOf({ services, workloads }: Monitored<MonitoringKind>) {
  const all = services.length > 0 ? services : workloads;
  return all.slice(0, 4).map(({ name, kindName }) => ({ at: name, message: `This ${kindName} is selected` }));
}

/** The name that was meant: of that number, one that is near, or the only one. */
function fixesOf(
  endpoint: Node,
  name: string,
  ports: readonly NamedPort[],
  names: readonly string[],
  monitor: Monitor,
): readonly Fix[] {
  const field = endpoint.at('port');
  const numbered = ports.find(port => String(port.number) === name)?.name;
  const meant = numbered ?? nearest(name, names) ?? (names.length === 1 ? names[0] : undefined);
  if (meant !== undefined) {
    return [set(`Use port '${meant}'`, field, meant)];
  }
  if (!/^\d+$/.test(name) || isPodMonitor(monitor) || endpoint.at('targetPort').exists) return [];
  const edit: Fix['edit'] = edits => edits.rename(field, 'targetPort').set(field, Number(name));
  return [fix(`Make it targetPort: ${name}`, edit)];
}
