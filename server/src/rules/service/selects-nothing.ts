import { workloadKinds } from '../../kube/pods/workload';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { whereabouts } from '../../network/references/directory';
import { idleKinds, idleServicesIn, shownPods } from '../../network/references/idle-services';
import { type NearMiss, ownLabelsOf } from '../../network/references/near-misses';
import { capital } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'service/selects-nothing',
  title: 'The selector of a Service matches pods',
  severity: 'warning',
  per: 'namespace',
  kinds: idleKinds,
  subjects: ['Service'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service'],

  check(namespace, report) {
    for (const { service, pairs, near, elsewhere } of idleServicesIn(namespace)) {
      const selector = service.at('spec', 'selector');
      const wanted = pairs.map(({ key, value }) => `${key}=${value}`).join(',');
      report(
        near?.pair?.node ?? selector,
        `No pod among ${whereabouts(service, namespace)} has the labels ${wanted} that this Service selects: it has no endpoints, and connections to it fail.${whereElse(elsewhere, near)}`,
        {
          among: workloadKinds,
          related: near ? [{ at: near.workload.name, message: capital(hint(near)) }] : [],
          fixes: near && !elsewhere ? [fixFor(selector, near)] : [],
        },
      );
    }
  },
});

function whereElse(elsewhere: string | undefined, near: NearMiss | undefined): string {
  if (elsewhere) return ` Such pods are in namespace '${elsewhere}', and a Service reaches only those of its own.`;
  return near ? ` ${capital(hint(near))}.` : '';
}

function hint({ workload, pair, value }: NearMiss): string {
  const isOne = workload.kind === 'Pod';
  const has = (what: string) => `${shownPods(workload)} ${isOne ? 'has' : 'have'} ${what}`;
  if (pair) return has(value === undefined ? `no label ${pair.key}` : `${pair.key}=${value}`);
  return has([...ownLabelsOf(workload)].map(([key, own]) => `${key}=${own}`).join(','));
}

function fixFor(selector: Node, { workload, pair, value }: NearMiss): Fix {
  if (pair === undefined) {
    return set(`Select ${shownPods(workload)}`, selector, Object.fromEntries(ownLabelsOf(workload)));
  }
  if (value !== undefined) return set(`Select ${pair.key}=${value}`, pair.node, value);
  return remove(`Select without ${pair.key}`, pair.node);
}
