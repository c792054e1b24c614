import { isPlaceholder } from '../../kube/placeholder';
import {
  containerPortsOf,
  podTemplateOf,
  servingContainersOf,
  type Workload,
  workloadKinds,
} from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { mentionsPort } from '../../kube/services/probe';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/wrong-scrape-port',
  title: "The annotation 'prometheus.io/port' is a port of the pods",
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  references: ['https://github.com/prometheus-community/helm-charts/blob/main/charts/prometheus/values.yaml'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    for (const workload of namespace.judged(...workloadKinds)) {
      if (workload.is(...workloadKinds)) {
        const ports = containerPortsOf(workload);
        checkPort(
          podTemplateOf(workload),
          [workload],
          ports.map(({ number, name }) => ({ number, name })),
          report,
        );
      }
    }
    for (const service of namespace.judged('Service')) {
      const own = servicePortsOf(service).flatMap(({ number, target, name }) => [
        { number, name },
        ...(typeof target === 'number' ? [{ number: target, name }] : []),
      ]);
      const workloads = services.workloadsOf(service);
      const behind = workloads.flatMap(containerPortsOf).map(({ number, name }) => ({ number, name }));
      // Where the pods can't be seen, what they have can't be told.
      if (workloads.length > 0) checkPort(service.node, workloads, [...own, ...behind], report);
    }
  },
});

interface Known {
  readonly number: number;
  readonly name: string | undefined;
}

/** Ports of sidecars that a mesh puts in: Istio's merged metrics, Envoy's, and Linkerd's. */
const injected: ReadonlySet<number> = new Set([15020, 15090, 4191]);

function checkPort(object: Node, workloads: readonly Workload[], ports: readonly Known[], report: Report): void {
  const annotations = object.at('metadata', 'annotations');
  const annotation = annotations.at('prometheus.io/port');
  const text = annotation.string ?? '';
  if (text === '' || isPlaceholder(text) || ports.length === 0 || !isScraped(annotations)) return;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : undefined;
  if (ports.some(port => port.number === number) || (number !== undefined && injected.has(number))) return;
  if (number !== undefined && workloads.some(workload => mayListen(workload, number))) return;
  const named = ports.find(({ name }) => name === text);
  const meant = named ?? ports.find(({ name }) => /metrics|prom/.test(name ?? '')) ?? only(ports);
  const message = {
    what:
      number === undefined
        ? `'prometheus.io/port' takes a number, not '${text}'`
        : `'prometheus.io/port' ${number} is not a port of ${shown(workloads[0])}`,
    why:
      number === undefined
        ? 'The usual scrape configuration takes digits only: it ignores this value, and scrapes the ports that are listed.'
        : 'No container lists this port, and nothing else in the pods mentions it: Prometheus probably reaches nobody there.',
    how: `Use the number of the metrics port; listed are ${[...new Set(ports.map(port => port.number))].slice(0, 8).join(', ')}.`,
  };
  report(annotation, message, {
    fixes: meant === undefined ? [] : [set(`Use port ${meant.number}`, annotation, String(meant.number))],
  });
}

/** What nobody asks to scrape is not scraped, whatever port is written. */
function isScraped(annotations: Node): boolean {
  return ['prometheus.io/scrape', 'prometheus.io/scrape-slow'].some(key => annotations.at(key).text === 'true');
}

/** Whether something in a pod may listen on a port that nobody lists: it is mentioned, or a container lists none. */
function mayListen(workload: Workload, number: number): boolean {
  const isSilent = (container: Node) => container.at('ports').isEmpty;
  return mentionsPort(workload, number) || servingContainersOf(workload).some(isSilent);
}

function only(ports: readonly Known[]): Known | undefined {
  const numbers = new Set(ports.map(({ number }) => number));
  return numbers.size === 1 ? ports[0] : undefined;
}

const shown = (workload: Resource | undefined) => `${workload?.kindName ?? 'Pod'} '${workload?.name.text ?? ''}'`;
