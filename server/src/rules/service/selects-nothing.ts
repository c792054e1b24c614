import { workloadKinds } from '../../kube/pods/workload';
import { nameOf, titleOf } from '../../kube/resource';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { whereabouts } from '../../network/references/directory';
import { idleKinds, idleServicesIn, shownPods } from '../../network/references/idle-services';
import { type NearMiss, ownLabelsOf } from '../../network/references/near-misses';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'service/selects-nothing',
  title: 'Selectors of Services match pods',
  severity: 'warning',
  per: 'namespace',
  kinds: idleKinds,
  subjects: ['Service'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service'],

  check(namespace, report) {
    for (const { service, pairs, near, elsewhere } of idleServicesIn(namespace)) {
      const selector = service.at('spec', 'selector');
      const wanted = listOf(pairs.map(({ key, value }) => [key, value]));
      report(
        near?.pair?.node ?? selector,
        {
          what: `Service '${nameOf(service)}' selects no pods`,
          why: `No pod among ${whereabouts(service, namespace)} has ${wanted}. The Service has no endpoints, and connections to it fail.`,
          how: elsewhere ? `Move the Service to namespace '${elsewhere}', which has such pods.` : adviceOn(near),
        },
        {
          among: workloadKinds,
          related: near ? [{ at: near.workload.name, message: `${titleOf(near.workload)} is probably meant` }] : [],
          fixes: near && !elsewhere ? [fixFor(selector, near)] : [],
        },
      );
    }
  },
});

function adviceOn(near: NearMiss | undefined): string {
  if (near === undefined) return 'Correct the selector, or add the workload that it means.';
  const { workload, pair, value } = near;
  const pods = shownPods(workload);
  if (pair === undefined) return `Select ${listOf(ownLabelsOf(workload))}, the labels of ${pods}.`;
  if (value === undefined) return `Add ${pair.key}=${pair.value} to ${pods}, or select without it.`;
  return `Select ${pair.key}=${value}, the label of ${pods}, or correct it there.`;
}

const listOf = (labels: Iterable<readonly [string, string]>) =>
  Array.from(labels, ([key, value]) => `${key}=${value}`).join(',');

function fixFor(selector: Node, { workload, pair, value }: NearMiss): Fix {
  if (pair === undefined) {
    return set(`Select ${shownPods(workload)}`, selector, Object.fromEntries(ownLabelsOf(workload)));
  }
  if (value !== undefined) return set(`Select ${pair.key}=${value}`, pair.node, value);
  return remove(`Select without ${pair.key}`, pair.node);
}
