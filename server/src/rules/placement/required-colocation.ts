import { type AffinityTerm, affinityTermsOf, looksInto } from '../../kube/pods/affinity';
import { podLabelsOf, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf, type Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { defineRule } from '../../lint/rule';
import { preferredInstead } from './shared/affinity-fixes';

export default defineRule({
  id: 'placement/required-colocation',
  title: 'Pod affinity to the node of another workload is preferred, not required',
  severity: 'warning',
  per: 'namespace',
  kinds: [...workloadKinds, 'Namespace'],
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
  ],

  check(namespace, report) {
    for (const workload of namespace.judged(...workloadKinds)) {
      const terms = affinityTermsOf(workload).filter(term => isSameNode(term) && isAboutOthers(term, workload));
      for (const term of terms) {
        const others = targetsOf(term, namespace).filter(other => other !== workload);
        if (sharesStorage(workload, others) || runsEverywhere(others)) continue;
        const [first] = others;
        const whose = first === undefined ? 'other pods' : `'${nameOf(first)}'`;
        report(
          term.node.at('topologyKey'),
          {
            what: `'${nameOf(workload)}' requires the node of ${whose}`,
            why: `Where that node is full or gone, pods of '${nameOf(workload)}' stay Pending, and the end of one node stops both workloads.`,
            how: "Prefer the node instead, in 'preferredDuringSchedulingIgnoredDuringExecution'.",
          },
          {
            related: others.slice(0, 3).map(other => ({ at: other.name, message: 'Has to be on the same node' })),
            fixes: [preferredInstead(term)],
          },
        );
      }
    }
  },
});

function isSameNode({ field, isRequired, topologyKey }: AffinityTerm): boolean {
  return field === 'podAffinity' && isRequired && topologyKey === 'kubernetes.io/hostname';
}

/** A term that matches the pod itself packs the replicas together; the scheduler lets the first one start. */
function isAboutOthers({ selector }: AffinityTerm, workload: Resource): boolean {
  return selector?.isSound === true && !selector.matches(podLabelsOf(workload));
}

type Seen = Namespace<(typeof workloadKinds)[number] | 'Namespace'>;

/** The workloads of the term's namespaces that it selects. */
function targetsOf(term: AffinityTerm, own: Seen): readonly Resource[] {
  const isElsewhere = term.node.at('namespaces').exists || term.node.at('namespaceSelector').exists;
  const namespaces = isElsewhere ? [...own.cluster.namespaces].filter(there => looksInto(term, there, own)) : [own];
  return namespaces
    .flatMap(there => there.of(...workloadKinds))
    .filter(other => term.selector?.matches(podLabelsOf(other)) === true);
}

/** A DaemonSet's pod is on every node that it can be on: the term only asks for such a node. */
const runsEverywhere = (others: readonly Resource[]) =>
  others.length > 0 && others.every(({ kind }) => kind === 'DaemonSet');

/** Whether they need the same volume, which may only be mounted on one node, or meet in a folder of the node. */
function sharesStorage(workload: Resource, others: readonly Resource[]): boolean {
  const own = storageOf(workload);
  if (others.length === 0) return [...own].some(volume => volume.startsWith('claim '));
  return others.some(other => [...storageOf(other)].some(volume => own.has(volume)));
}

function storageOf(workload: Resource): ReadonlySet<string> {
  const names = podSpecOf(workload)
    .at('volumes')
    .items()
    .flatMap(volume => {
      const claim = volume.at('persistentVolumeClaim', 'claimName').string;
      const path = volume.at('hostPath', 'path').string;
      return [...(claim === undefined ? [] : [`claim ${claim}`]), ...(path === undefined ? [] : [`path ${path}`])];
    });
  return new Set(names);
}
