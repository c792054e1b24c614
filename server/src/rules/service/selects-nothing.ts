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
  about: 'absence',
  restsOn: 'labels',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service'],

  check(namespace, report) {
    for (const { service, pairs, near } of idleServicesIn(namespace)) {
      const selector = service.at('spec', 'selector');
      const wanted = pairs.map(({ key, value }) => `${key}=${value}`).join(',');
      report(
        near?.pair?.node ?? selector,
        `No pod among ${whereabouts(service, namespace)} has the labels ${wanted} that this Service selects: it has no endpoints, and connections to it fail.${near ? ` ${capital(hint(near))}.` : ''}`,
        {
          related: near ? [{ at: near.workload.name, message: capital(hint(near)) }] : [],
          fixes: near ? fixes(selector, near) : [],
        },
      );
    }
  },
});

function hint({ workload, pair, value }: NearMiss): string {
  const isOne = workload.kind === 'Pod';
  const has = (what: string) => `${shownPods(workload)} ${isOne ? 'has' : 'have'} ${what}`;
  if (pair) return has(value === undefined ? `no label ${pair.key}` : `${pair.key}=${value}`);
  return has([...ownLabelsOf(workload)].map(([key, own]) => `${key}=${own}`).join(','));
}

function fixes(selector: Node, { workload, pair, value }: NearMiss): Fix[] {
  const fix = (title: string, edit: Fix['edit']): Fix[] => [{ title, safe: false, edit }];
  if (pair === undefined) {
    const labels = Object.fromEntries(ownLabelsOf(workload));
    return fix(`Select ${shownPods(workload)}`, edits => edits.set(selector, labels));
  }
  if (value !== undefined) return fix(`Select ${pair.key}=${value}`, edits => edits.set(pair.node, value));
  return fix(`Select without ${pair.key}`, edits => edits.remove(pair.node));
}
