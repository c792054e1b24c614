import { isPlaceholder } from '../../kube/placeholder';
import { containerPortsOf, podTemplateOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { mentionsPort } from '../../kube/services/probe';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/wrong-scrape-port',
  title: 'prometheus.io/port is a port that the pods have',
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  references: ['https://github.com/prometheus/prometheus/blob/main/documentation/examples/prometheus-kubernetes.yml'],

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
  const annotation = object.at('metadata', 'annotations', 'prometheus.io/port');
  const text = annotation.string ?? '';
  if (text === '' || isPlaceholder(text) || ports.length === 0) return;
  const isOff = object.at('metadata', 'annotations', 'prometheus.io/scrape').text === 'false';
  const number = /^\d{1,5}$/.test(text) ? Number(text) : undefined;
  if (isOff || ports.some(port => port.number === number) || (number !== undefined && injected.has(number))) return;
  if (number !== undefined && workloads.some(workload => mentionsPort(workload, number))) return;
  const named = ports.find(({ name }) => name === text);
  const meant = named ?? ports.find(({ name }) => /metrics|prom/.test(name ?? '')) ?? only(ports);
  const message =
    number === undefined
      ? `'prometheus.io/port' is a number, and '${text}' is none: Prometheus looks for it at an address that doesn't exist.`
      : `No container of ${shown(workloads[0])} lists port ${number}, and nothing else in it mentions that port: Prometheus probably finds nobody there.`;
  report(annotation, `${message} Listed are ${[...new Set(ports.map(port => port.number))].slice(0, 8).join(', ')}.`, {
    fixes: meant === undefined ? [] : [set(`Use port ${meant.number}`, annotation, String(meant.number))],
  });
}

function only(ports: readonly Known[]): Known | undefined {
  const numbers = new Set(ports.map(({ number }) => number));
  return numbers.size === 1 ? ports[0] : undefined;
}

const shown = (workload: Resource | undefined) => `${workload?.kindName ?? 'Pod'} '${workload?.name.text ?? ''}'`;
