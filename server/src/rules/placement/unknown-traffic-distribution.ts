import { isPlaceholder } from '../../kube/placeholder';
import { trafficDistributionsIn } from '../../kube/services/service';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix, type Message } from '../../lint/rule';
import type { Version } from '../../lint/version';
import { nearest } from '../../text/distance';
import { inWords, listed } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'placement/unknown-traffic-distribution',
  title: 'trafficDistribution has a value that the Kubernetes version supports',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution'],

  check(service, report, { kubernetes }) {
    const value = service.at('spec', 'trafficDistribution');
    const written = value.string;
    const known = trafficDistributionsIn(kubernetes);
    if (written === undefined || known.includes(written) || isPlaceholder(written)) return;
    report(value, messageFor(written, known, kubernetes), { fixes: fixesFor(value, written, known) });
  },
});

function messageFor(written: string, known: readonly string[], kubernetes: Version): Message {
  if (known.length === 0)
    return {
      what: `'trafficDistribution' is not available in Kubernetes ${kubernetes}`,
      why: 'The field is on by default from 1.31. In earlier versions it has no effect without a feature gate.',
      how: "Remove it, or set 'kubernetes' in the config file if the cluster is newer.",
    };
  return {
    what: `Unknown trafficDistribution '${written}'`,
    why: `Kubernetes ${kubernetes} knows only ${inWords(known)}, so the API server rejects the Service.`,
    how: `Use ${listed(known, 'or')}, spelled exactly so.`,
  };
}

function fixesFor(value: Node, written: string, known: readonly string[]): readonly Fix[] {
  const isNewer = ['PreferSameZone', 'PreferSameNode'].includes(written);
  const meant = isNewer ? (written === 'PreferSameZone' ? known[0] : undefined) : nearest(written, known);
  const removal: Fix = remove('Remove trafficDistribution', value);
  if (meant === undefined) return [removal];
  return [set(`Use ${meant}`, value, meant, { safe: true }), removal];
}
