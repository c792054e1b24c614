import { holds, type Requirement } from '../../kube/labels';
import { isPlaceholder } from '../../kube/placeholder';
import { type AffinityTerm, affinityTermsOf, looksInto } from '../../kube/pods/affinity';
import { podLabelsOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf, type Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { set } from '../../lint/fixes';
import { type Detail, defineRule, type Message } from '../../lint/rule';
import { Makers, makerKinds } from '../../network/references/directory';
import { nearest } from '../../text/distance';
import type { Node } from '../../yaml/node';

const kinds = [...workloadKinds, 'Namespace', ...makerKinds] as const;

type Seen = Namespace<(typeof kinds)[number]>;

export default defineRule({
  id: 'placement/affinity-selects-nothing',
  title: 'Pod affinities match pods of a workload in sight',
  severity: 'warning',
  per: 'namespace',
  kinds,
  about: 'absence',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
  ],

  check(namespace, report) {
    for (const workload of namespace.judged(...workloadKinds)) {
      const terms = affinityTermsOf(workload).filter(({ field }) => field === 'podAffinity');
      for (const term of terms) {
        const pods = podsFor(term, workload, namespace);
        if (pods === undefined || pods.some(pod => term.selector?.matches(podLabelsOf(pod)))) continue;
        const { at, fixes } = faultOf(term, pods);
        report(at, messageFor(term, workload, namespace), { fixes: fixes ?? [] });
      }
    }
  },
});

/** The workloads that the term can mean; undefined where others that nobody sees may be meant. */
function podsFor(term: AffinityTerm, workload: Resource, own: Seen): readonly Resource[] | undefined {
  const { selector, node } = term;
  if (selector === undefined || !selector.isSound || node.at('namespaceSelector').exists) return undefined;
  const values = selector.requirements.flatMap(requirement => [...requirement.values]);
  const isMade = selector.requirements.some(({ key }) => madeByControllers.has(key)) || values.some(isPlaceholder);
  if (isMade) return undefined;
  const named = node.at('namespaces').items();
  const homes = named.length === 0 ? [own] : [...own.cluster.namespaces].filter(there => looksInto(term, there, own));
  if (homes.length < Math.max(named.length, 1)) return undefined;
  const lists = homes.map(home => home.of(...workloadKinds).filter(other => other !== workload));
  const makers = homes.map(home => new Makers(home));
  if (
    lists.some(list => list.length === 0) ||
    makers.some(maker => ['', ...values].some(value => maker.mayMake(value)))
  )
    return undefined;
  return [...lists.flat(), workload];
}

/** Labels that controllers put on pods, so that no manifest has them. */
const madeByControllers = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'job-name',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
]);

/** The one value that nobody has, with the one that was probably meant; else the whole selector. */
function faultOf({ node, selector }: AffinityTerm, pods: readonly Resource[]): { readonly at: Node } & Detail {
  const labels = pods.map(podLabelsOf);
  const unmet = (selector?.requirements ?? []).filter(requirement => !labels.some(each => holds(requirement, each)));
  const [only] = unmet;
  const value = only && unmet.length === 1 ? singleValue(only) : undefined;
  if (only === undefined || value?.string === undefined)
    return { at: only && unmet.length === 1 ? placeOf(only) : node.at('labelSelector') };
  const meant = nearest(value.string, new Set(labels.flatMap(each => each.get(only.key) ?? [])));
  if (meant === undefined) return { at: value };
  return { at: value, fixes: [set(`Select '${meant}', which was probably meant`, value, meant)] };
}

/** An expression is named by its values where it has any. */
function placeOf({ node }: Requirement): Node {
  if (!node.isMapping) return node;
  return node.at('values').exists ? node.at('values') : node.at('key');
}

/** The value of a requirement that has a single one. */
function singleValue({ node, operator, values }: Requirement): Node | undefined {
  if (operator !== 'In' || values.size !== 1) return undefined;
  return node.isMapping ? node.at('values', 0) : node;
}

function messageFor({ isRequired, node }: AffinityTerm, workload: Resource, { name, isAssumed }: Seen): Message {
  const elsewhere = node
    .at('namespaces')
    .items()
    .flatMap(item => item.string ?? []);
  const where =
    elsewhere.length > 0 ? elsewhere.map(each => `'${each}'`).join(', ') : isAssumed ? 'these manifests' : `'${name}'`;
  const effect = isRequired ? 'its pods stay Pending' : 'the term has no effect';
  const hint = elsewhere.length > 0 ? '' : " Without 'namespaces' a term looks only at its own namespace.";
  return {
    what: `Pod affinity of '${nameOf(workload)}' matches no pod`,
    why: `No workload in ${where} has these labels, so ${effect}.${hint}`,
    how: `Use the labels of the pods that are meant, or ${elsewhere.length > 0 ? 'correct' : 'name their namespace in'} 'namespaces'.`,
  };
}
