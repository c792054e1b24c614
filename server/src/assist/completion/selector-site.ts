import { equalitySelectorOf, type Requirement, selectorOf } from '../../kube/labels';
import type { Node } from '../../yaml/node';
import { mark } from './mended';
import { above, type Site } from './site';
import { pathOf } from './spoken';

/** A label that is typed in a selector. */
export interface SelectorSite {
  /** What the selector is looking for; a workload selects the pods of its own template. */
  readonly selects: Selected;
  /** The key or a value of a label. */
  readonly typing: 'key' | 'value';
  /** The key of the value that is typed. */
  readonly label: string;
  /** Whether key and value stand in one line, and may be written at once. */
  readonly mayPair: boolean;
  /** The selector, and what else of it is written. */
  readonly selector: Node;
  readonly others: readonly Requirement[];
  /** Values that stand in the same list already. */
  readonly listed: ReadonlySet<string>;
}

export type Selected = 'pods' | 'pods anywhere' | 'own pods' | 'Services' | 'namespaces';

export function selectorSiteOf(site: Site): SelectorSite | undefined {
  const full = inFullSelector(site);
  const steps = full?.steps ?? 0;
  const path = pathOf({ ...site, path: site.path.slice(0, site.path.length - steps) });
  const table = full ? fullSelectors : plainSelectors;
  const [, , selects] = table.find(([kinds, paths]) => kinds.test(kindOf(site)) && paths.test(path)) ?? [];
  if (selects === undefined || (full === undefined && site.typing === 'item')) return undefined;
  const selector = above(site, steps);
  const { requirements } = full ? selectorOf(selector) : equalitySelectorOf(selector);
  const typed = new Set<Node>();
  for (let at: Node | undefined = site.node; at && at !== selector; at = at.parent) typed.add(at);
  return {
    selects,
    typing: full?.typing ?? (site.typing === 'key' ? 'key' : 'value'),
    label: full?.label ?? site.key,
    mayPair: site.typing === 'key' && !site.style.hasColon && site.style.quote === '',
    selector,
    others: requirements.filter(({ node, key }) => !typed.has(node) && key !== mark),
    listed: new Set(site.typing === 'item' ? (site.node.parent?.items() ?? []).flatMap(item => item.text ?? []) : []),
  };
}

interface InSelector {
  /** From the selector to what the typed word stands in. */
  readonly steps: number;
  readonly typing: 'key' | 'value';
  readonly label: string;
}

/** Where in a metav1.LabelSelector a label is typed. */
function inFullSelector(site: Site): InSelector | undefined {
  const { path, typing, key } = site;
  const [third, second, last] = [path.at(-3), path.at(-2), path.at(-1)];
  if (last === 'matchLabels' && typing !== 'item') {
    return { steps: 1, typing: typing === 'key' ? 'key' : 'value', label: key };
  }
  if (second === 'matchExpressions' && typing === 'value' && key === 'key')
    return { steps: 2, typing: 'key', label: '' };
  if (third === 'matchExpressions' && last === 'values' && typing === 'item') {
    const label = above(site, 1).at('key').string;
    return label === undefined ? undefined : { steps: 3, typing: 'value', label };
  }
  return undefined;
}

/** With its group, where that is none of Kubernetes' own. */
const kindOf = ({ object }: Site) => (object?.kind === 'Unlisted' ? object.kindName : (object?.kind ?? ''));

type Row = readonly [kinds: RegExp, path: RegExp, selects: Selected];

const workloads =
  /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Pod|ReplicationController|Rollout)(?:\.argoproj\.io)?$/;
const inPods = String.raw`^spec\.(?:(?:jobTemplate\.spec\.)?template\.spec\.)?`;

/** The first that fits counts. */
const fullSelectors: readonly Row[] = [
  [/^NetworkPolicy$/, /^spec\.(?:(?:ingress|egress)\.\*\.(?:from|to)\.\*\.)?podSelector$/, 'pods'],
  [/^NetworkPolicy$/, /^spec\.(?:ingress|egress)\.\*\.(?:from|to)\.\*\.namespaceSelector$/, 'namespaces'],
  [/^(?:BaselineAdmin|Admin|Cluster)NetworkPolicy\./, /\.pods\.podSelector$/, 'pods anywhere'],
  [/^(?:BaselineAdmin|Admin|Cluster)NetworkPolicy\./, /\.(?:namespaces|pods\.namespaceSelector)$/, 'namespaces'],
  [/^CiliumNetworkPolicy\./, /^specs?\.(?:\*\.)?(?:endpointSelector|\w+\.\*\.(?:from|to)Endpoints\.\*)$/, 'pods'],
  [/^CiliumClusterwide/, /^specs?\.(?:\*\.)?(?:endpointSelector|\w+\.\*\.(?:from|to)Endpoints\.\*)$/, 'pods anywhere'],
  [workloads, /^spec\.selector$/, 'own pods'],
  [workloads, new RegExp(`${inPods}affinity\\.pod(?:Anti)?Affinity\\..*\\.namespaceSelector$`), 'namespaces'],
  [workloads, new RegExp(`${inPods}affinity\\.pod(?:Anti)?Affinity\\..*\\.labelSelector$`), 'pods'],
  [workloads, new RegExp(`${inPods}topologySpreadConstraints\\.\\*\\.labelSelector$`), 'pods'],
  [/^ServiceMonitor\./, /^spec\.selector$/, 'Services'],
  [/^PodMonitor\./, /^spec\.selector$/, 'pods'],
  [/^PodDisruptionBudget$/, /^spec\.selector$/, 'pods'],
  [/^Gateway$/, /^spec\.listeners\.\*\.allowedRoutes\.namespaces\.selector$/, 'namespaces'],
  [/^(?:PeerAuthentication|AuthorizationPolicy|Telemetry)\./, /^spec\.selector$/, 'pods'],
  [/^(?:Mutating|Validating)WebhookConfiguration$/, /^webhooks\.\*\.namespaceSelector$/, 'namespaces'],
];

const plainSelectors: readonly Row[] = [
  [/^Service$/, /^spec\.selector$/, 'pods'],
  [/^ReplicationController$/, /^spec\.selector$/, 'own pods'],
  [/^(?:Sidecar|EnvoyFilter)\.networking\.istio\.io$/, /^spec\.workloadSelector\.labels$/, 'pods'],
  [/^Gateway\.networking\.istio\.io$/, /^spec\.selector$/, 'pods anywhere'],
];
