import { holds, type Labels } from '../../kube/labels';
import { isPlaceholder } from '../../kube/placeholder';
import { podLabelsOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import { nameOf, type Resource, titleOf } from '../../kube/resource';
import {
  endpointsOf,
  isPodMonitor,
  type Monitor,
  monitoredLabelsOf,
  monitorKinds,
  monitorSelectorOf,
} from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { type serviceKinds, servicesOf } from '../../network/calls/services';
import { isAdrift, Makers, makerKinds } from '../../network/references/directory';
import { monitoredIn, monitoringKinds } from '../../network/references/monitored';
import { isForeignKey } from '../../network/references/near-misses';
import { slipOf } from '../../text/distance';
import { capital, inWords } from '../../text/words';

export default defineRule({
  id: 'monitoring/selects-nothing',
  title: 'ServiceMonitors and PodMonitors select Services or pods that exist',
  severity: 'warning',
  per: 'scope',
  kinds: [...monitoringKinds, ...makerKinds],
  subjects: monitorKinds,
  about: 'absence',
  references: ['https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec'],

  check(cluster, report) {
    const elsewhere = cluster.of('Service', ...workloadKinds).some(one => isAdrift(one, cluster.namespaceOf(one)));
    // Many monitors look into the same namespaces.
    const surroundings = new Map<string, Surroundings>();
    const makers = new Map<string, Makers>();
    for (const { monitor, namespaces, services, workloads } of monitoredIn(cluster)) {
      const selector = monitorSelectorOf(monitor);
      const hasNone = isPodMonitor(monitor) ? workloads.length === 0 : services.length === 0;
      if (!hasNone || !selector.isSound) continue;
      const kind = isPodMonitor(monitor) ? 'pod' : 'Service';
      const near = namespaces.flatMap((home): readonly Resource[] =>
        isPodMonitor(monitor) ? home.of(...workloadKinds) : home.of('Service'),
      );
      // What runs in kube-system came with the cluster; and what nobody places may land in these namespaces too.
      const isOpen = namespaces.some(
        ({ name, isAssumed }) => name === 'kube-system' || (isAssumed && namespaces.length > 1),
      );
      const there = homeElsewhere(cluster, monitor, selector, namespaces);
      if ((near.length === 0 && !there) || isOpen || (elsewhere && !namespaces.some(({ isAssumed }) => isAssumed)))
        continue;
      const place = `${kind} ${namespaces.map(({ name }) => name).join()}`;
      const { labelled, keys } = surroundings.get(place) ?? surroundingsOf(near);
      surroundings.set(place, { labelled, keys });
      const makersNear = namespaces.map(home => {
        const known = makers.get(home.name) ?? new Makers(home);
        makers.set(home.name, known);
        return known;
      });
      const isMadeElsewhere = selector.requirements.some(({ key, values }) => {
        const isMade = [...values].some(
          value => isPlaceholder(value) || makersNear.some(maker => maker.mayMake(value)),
        );
        return isMade || isForeignKey(key, keys);
      });
      if (isMadeElsewhere) continue;
      const pods = isPodMonitor(monitor)
        ? undefined
        : podsWith(
            selector,
            namespaces.flatMap(home => home.of(...workloadKinds)),
          );
      // Without anything alike nearby, what is meant may be applied from somewhere else.
      const isNear = pods !== undefined || selector.requirements.some(({ key }) => keys.has(key));
      report(
        selector.requirements[0]?.node ?? monitor.at('spec', 'selector'),
        {
          what: `${titleOf(monitor)} selects no ${kind}`,
          why: `No ${kind} in ${whereOf(namespaces)} has the labels of its selector, so nothing is scraped. ${reasonOf(there, pods)}`.trimEnd(),
          how: adviceFor(kind, there, pods),
        },
        {
          severity: isNear || there ? 'warning' : 'info',
          fixes: there
            ? [set(`Look into namespace '${there}'`, monitor.at('spec', 'namespaceSelector'), { matchNames: [there] })]
            : [...labelFix(monitor, selector, pods, namespaces), ...valueFix(selector, labelled)],
          related: near.slice(0, 3).map(one => ({ at: one.name, message: `${capital(kind)} that it could mean` })),
        },
      );
    }
  },
});

function reasonOf(there: string | undefined, pods: Workload | undefined): string {
  if (there) return `Namespace '${there}' has some, but the monitor looks only into its own.`;
  return pods ? `The pods of '${nameOf(pods)}' have them, but the labels of the Service count.` : '';
}

function adviceFor(kind: string, there: string | undefined, pods: Workload | undefined): string {
  if (there) return `Add namespace '${there}' to 'namespaceSelector'.`;
  return pods
    ? 'Give the Service these labels, or select labels that it has.'
    : `Select labels that a ${kind} has there, or name other namespaces in 'namespaceSelector'.`;
}

/** The only other namespace that has what a monitor selects, which says nothing of namespaces. */
function homeElsewhere(
  cluster: Cluster<'Service' | Workload['kind']>,
  monitor: Resource,
  selector: Selector,
  namespaces: readonly { readonly name: string; readonly isAssumed: boolean }[],
): string | undefined {
  if (!monitor.at('spec', 'namespaceSelector').isEmpty || namespaces.some(({ isAssumed }) => isAssumed))
    return undefined;
  const all: readonly Resource[] = isPodMonitor(monitor) ? cluster.of(...workloadKinds) : cluster.of('Service');
  const homes = all.filter(one => selector.matches(monitoredLabelsOf(one))).map(one => cluster.namespaceOf(one));
  const [first] = homes;
  const isOne = first !== undefined && !first.isAssumed && homes.every(({ name }) => name === first.name);
  return isOne ? first.name : undefined;
}

interface Surroundings {
  readonly labelled: readonly Labels[];
  readonly keys: ReadonlySet<string>;
}

function surroundingsOf(near: readonly Resource[]): Surroundings {
  const labelled = near.map(monitoredLabelsOf);
  return { labelled, keys: new Set(labelled.flatMap(labels => [...labels.keys()])) };
}

type Selector = ReturnType<typeof monitorSelectorOf>;

function podsWith(selector: Selector, workloads: readonly Workload[]): Workload | undefined {
  return workloads.find(workload => selector.matches(podLabelsOf(workload)));
}

function whereOf(namespaces: readonly { readonly name: string }[]): string {
  const [first, ...others] = namespaces;
  return others.length === 0 ? `namespace '${first?.name ?? ''}'` : `${namespaces.length} namespaces`;
}

/** The labels that the only Service of the pods lacks, where it has the ports that the monitor reads. */
function labelFix(
  monitor: Monitor,
  selector: Selector,
  pods: Workload | undefined,
  namespaces: readonly Namespace<(typeof serviceKinds)[number]>[],
): readonly Fix[] {
  if (pods === undefined) return [];
  const [service, ...others] = namespaces.flatMap(home => servicesOf(home).servicesOf(pods));
  if (service === undefined || others.length > 0) return [];
  const lacking = selector.requirements.filter(one => !holds(one, monitoredLabelsOf(service)));
  const labels = Object.fromEntries(lacking.map(({ key, values }) => [key, [...values][0] ?? '']));
  const isLacking = lacking.every(
    ({ key, operator, values }) =>
      operator === 'In' && values.size === 1 && !service.at('metadata', 'labels', key).exists,
  );
  const ports = new Set(servicePortsOf(service).map(({ name }) => name));
  const isRead = endpointsOf(monitor).every(one => one.at('port').isEmpty || ports.has(one.at('port').string));
  if (!isLacking || !isRead) return [];
  const shown = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    fix(`Give Service '${nameOf(service)}' the label ${inWords(shown)}`, edits => {
      for (const [key, value] of Object.entries(labels)) edits.set(service.at('metadata', 'labels', key), value);
    }),
  ];
}

/** The value that was meant, where a single one is a slip away from one that is there. */
function valueFix(selector: Selector, labelled: readonly Labels[]): readonly Fix[] {
  const [requirement, ...others] = selector.requirements;
  if (requirement === undefined || others.length > 0 || requirement.node.string === undefined) return [];
  const { key, node, values } = requirement;
  const meant = slipOf(
    [...values][0] ?? '',
    labelled.flatMap(labels => labels.get(key) ?? []),
  );
  if (meant === undefined) return [];
  return [set(`Select ${key}=${meant}`, node, meant)];
}
