import { isPlaceholder } from '../../kube/placeholder';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Version } from '../../lint/version';
import { nearest } from '../../text/distance';
import { inWords } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'placement/unknown-traffic-distribution',
  title: 'trafficDistribution has a value that the target Kubernetes knows',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution'],

  check(service, report, { kubernetes }) {
    const value = service.at('spec', 'trafficDistribution');
    const written = value.string;
    const known = valuesIn(kubernetes);
    if (written === undefined || known.includes(written) || isPlaceholder(written)) return;
    report(value, messageFor(written, known, kubernetes), { fixes: fixesFor(value, written, known) });
  },
});

/** KEP-4444 and KEP-3015: beta, so on without a feature gate, from 1.31 and 1.34. */
function valuesIn(kubernetes: Version): readonly string[] {
  if (kubernetes.atLeast('1.34')) return ['PreferSameZone', 'PreferSameNode', 'PreferClose'];
  return kubernetes.atLeast('1.31') ? ['PreferClose'] : [];
}

function messageFor(written: string, known: readonly string[], kubernetes: Version): string {
  if (known.length === 0)
    return `Kubernetes ${kubernetes} has no trafficDistribution without a feature gate: the field is on from 1.31.`;
  const choice = known.length === 1 ? `only ${known[0]}` : inWords(known);
  return `trafficDistribution has no value '${written}' in Kubernetes ${kubernetes}, so the API server rejects the Service. It knows ${choice}, with these capitals.`;
}

function fixesFor(value: Node, written: string, known: readonly string[]): readonly Fix[] {
  const isNewer = ['PreferSameZone', 'PreferSameNode'].includes(written);
  const meant = isNewer ? (written === 'PreferSameZone' ? known[0] : undefined) : nearest(written, known);
  const removal: Fix = remove('Remove trafficDistribution', value);
  if (meant === undefined) return [removal];
  return [set(`Use ${meant}`, value, meant, { safe: true }), removal];
}
