import { containerPortsOf } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { endpointsOf, isPodMonitor, type Monitor, monitorKinds } from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { type Monitored, type MonitoringKind, monitoredIn, monitoringKinds } from '../../network/references/monitored';
import { nearest } from '../../text/distance';
import { listed } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/unknown-port',
  title: 'Ports in monitors exist in the Services or pods that they select',
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
        const known =
          names.length > 0 ? `The named ports are ${listed(names.slice(0, 8))}` : 'None of the ports has a name';
        report(
          field,
          {
            what: `${shown(monitored)} no ${what} named '${name}'`,
            why: `${titleOf(monitor)} finds no target there. ${isNumber ? "'port' takes a name, not a number" : known}.`,
            how: isNumber
              ? `Use the name of a port, or ${numberField(monitor)} for a number.`
              : 'Use the name of a port that is there, or give the port this name.',
          },
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
  return others.length === 0 ? `${name} has` : `${name} and ${others.length} more have`;
}

function relatedOf({ services, workloads }: Monitored<MonitoringKind>) {
  const all = services.length > 0 ? services : workloads;
  return all.slice(0, 4).map(({ name, kindName }) => ({ at: name, message: `Selected ${kindName}` }));
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
