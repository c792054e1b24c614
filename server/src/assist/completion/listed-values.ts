import { fieldValuesAt } from '../../kube/field-values';
import { topologyAnnotationNames, trafficDistributionsIn } from '../../kube/services/service';
import { Version } from '../../lint/version';
import type { Given } from './given';
import type { Item } from './item';
import { metadataOf, podPathOf } from './pod-path';
import { type Site, siblingsOf } from './site';
import { keyAt, numberAt, spelledAt } from './spelled';

/** Values that an API lists, where no schema of Kubernetes itself would offer them. */
export function listedValues(site: Site, given: Given): readonly Item[] {
  const { object, typing } = site;
  if (object === undefined || typing === 'key') return [];
  const version = Version.parse(given.kubernetes);
  if (version && object.kind === 'Service')
    return [...trafficDistributions(site, version), ...fieldValues(site, given)];
  if (version && object.kind === 'KubeProxyConfiguration.kubeproxy.config.k8s.io') return proxyModes(site, version);
  return fieldValues(site, given);
}

function fieldValues(site: Site, { hasSchemas }: Given): readonly Item[] {
  const { object, path, typing, key } = site;
  if (object === undefined) return [];
  const last = typing === 'item' ? '0' : key;
  const pod = podPathOf(site);
  const field = pod ? fieldValuesAt('Pod', [...pod, last]) : fieldValuesAt(object.kind, [...path, last]);
  if (field === undefined || (field.isCore && hasSchemas)) return [];
  const present = new Set(typing === 'item' ? siblingsOf(site).map(({ text }) => text) : []);
  return field.values
    .filter(value => !present.has(value))
    .map((value, rank): Item => {
      const isNumber = /^\d+$/.test(value);
      const insert = isNumber ? numberAt(site, Number(value)) : spelledAt(site, value);
      return { label: value, kind: 'value', detail: '', markdown: field.about, insert, rank };
    });
}

/** Its schema takes any text. */
function trafficDistributions(site: Site, version: Version): readonly Item[] {
  if (site.typing !== 'value' || site.key !== 'trafficDistribution' || site.path.join() !== 'spec') return [];
  return trafficDistributionsIn(version).map((value, rank): Item => {
    const isOld = value === 'PreferClose' && version.atLeast('1.34');
    return {
      label: value,
      kind: 'value',
      detail: isOld
        ? 'the old name of PreferSameZone'
        : value === 'PreferSameNode'
          ? 'the same node first'
          : 'the same zone first',
      markdown: 'Which endpoints callers get first; others take over where there are none.',
      insert: spelledAt(site, value),
      rank,
      ...(isOld ? { isDeprecated: true } : {}),
    };
  });
}

/** What each mode is, the best for the version first. */
function proxyModes(site: Site, version: Version): readonly Item[] {
  if (site.typing !== 'value' || site.key !== 'mode' || site.path.length > 0) return [];
  const isStable = version.atLeast('1.33');
  const modes = [
    ...(version.atLeast('1.31')
      ? [{ value: 'nftables', detail: isStable ? 'stable since 1.33' : 'beta until 1.33' }]
      : []),
    { value: 'iptables', detail: 'what Linux takes where nothing is set' },
    { value: 'ipvs', detail: version.atLeast('1.35') ? 'deprecated since 1.35' : '' },
  ];
  return modes.map(
    ({ value, detail }, i): Item => ({
      label: value,
      kind: 'value',
      detail,
      markdown: 'How kube-proxy carries packets to Services.',
      insert: spelledAt(site, value),
      rank: value === 'nftables' && !isStable ? 1.5 : i,
      ...(value === 'ipvs' && version.atLeast('1.35') ? { isDeprecated: true } : {}),
    }),
  );
}

/** Annotations of Services that ask for zones, for clusters that are too old for the field that took their place. */
export function topologyAnnotations(site: Site, { kubernetes }: Given): readonly Item[] {
  const version = Version.parse(kubernetes);
  if (site.object?.kind !== 'Service' || metadataOf(site, 'annotations') !== 'object' || version === undefined)
    return [];
  if (site.typing === 'value') {
    if (!topologyAnnotationNames.includes(site.key)) return [];
    const markdown =
      'Auto asks for endpoints in the zone of the caller, where there are enough; anything else is Disabled.';
    return ['Auto', 'Disabled'].map(
      (value, rank): Item => ({
        label: value,
        kind: 'value',
        detail: '',
        markdown,
        insert: spelledAt(site, value),
        rank,
      }),
    );
  }
  // From 1.31 on there is trafficDistribution, from 1.27 the new name.
  if (site.typing !== 'key' || version.atLeast('1.31')) return [];
  const [mode = '', hints = ''] = topologyAnnotationNames;
  const name = version.atLeast('1.27') ? mode : hints;
  if (siblingsOf(site).some(({ key }) => topologyAnnotationNames.includes(String(key)))) return [];
  const markdown = 'Asks for endpoints in the zone of the caller, where there are enough.';
  return [{ label: name, kind: 'key', detail: 'Auto | Disabled', markdown, insert: keyAt(site, name), rank: 1 }];
}
