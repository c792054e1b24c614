import type { Labels } from '../../kube/labels';
import { isPlaceholder } from '../../kube/placeholder';
import { podLabelsOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { isPodMonitor, monitoredLabelsOf, monitorKinds, monitorSelectorOf } from '../../kube/services/monitor';
import type { Cluster } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { isAdrift, Makers, makerKinds } from '../../network/references/directory';
import { monitoredIn, monitoringKinds } from '../../network/references/monitored';
import { isForeignKey } from '../../network/references/near-misses';
import { nearest } from '../../text/distance';

export default defineRule({
  id: 'monitoring/selects-nothing',
  title: 'The selector of a monitor matches Services or pods',
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
        `No ${kind} in ${whereOf(namespaces)} has the labels that this ${monitor.kindName} selects, so it finds nothing to read.${whatElse(there, pods)}`,
        {
          severity: isNear || there ? 'warning' : 'info',
          fixes: there
            ? [set(`Look into namespace '${there}'`, monitor.at('spec', 'namespaceSelector'), { matchNames: [there] })]
            : valueFix(selector, labelled),
          related: near.slice(0, 3).map(one => ({ at: one.name, message: `A ${kind} that it could mean` })),
        },
      );
    }
  },
});

function whatElse(there: string | undefined, pods: string | undefined): string {
  if (there) return ` Such ones are in namespace '${there}', and it looks only into its own.`;
  return pods ? ` The pods of '${pods}' have them, but it is the labels of the Service that count.` : '';
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

function podsWith(selector: Selector, workloads: readonly Parameters<typeof podLabelsOf>[0][]): string | undefined {
  return workloads.find(workload => selector.matches(podLabelsOf(workload)))?.name.text;
}

function whereOf(namespaces: readonly { readonly name: string }[]): string {
  const [first, ...others] = namespaces;
  return others.length === 0 ? `namespace '${first?.name ?? ''}'` : `${namespaces.length} namespaces`;
}

/** The value that was meant, where a single one is a slip away from one that is there. */
function valueFix(selector: Selector, labelled: readonly Labels[]): readonly Fix[] {
  const [requirement, ...others] = selector.requirements;
  if (requirement === undefined || others.length > 0 || requirement.node.string === undefined) return [];
  const { key, node, values } = requirement;
  const meant = nearest(
    [...values][0] ?? '',
    labelled.flatMap(labels => labels.get(key) ?? []),
  );
  if (meant === undefined) return [];
  return [set(`Select ${key}=${meant}`, node, meant)];
}
