import written from '../../../../snippets/parts.json';
import { controllersIn } from '../../kube/controllers/in-scope';
import { labelsOf, selectorOf } from '../../kube/labels';
import { isWorkload, podTemplateOf } from '../../kube/pods/workload';
import type { Node } from '../../yaml/node';
import type { Around } from './around';
import type { Given } from './given';
import type { Item } from './item';
import { type Filling, filled, fillingsOf, labelOf } from './neighbours';
import { podPathOf } from './pod-path';
import { type Site, siblingsOf } from './site';
import { indented, plainText, type Snippet } from './snippet-body';
import { podFragments } from './whole-objects';

interface Part extends Snippet {
  readonly place: string;
}

const parts = Object.entries<Part>(written).map(([label, part]) => ({ label, ...part }));
type Labelled = (typeof parts)[number];
const partsAt = (place: string) => parts.filter(part => part.place === place);

/** Parts of an object that fit where somebody types: rules of a policy, probes of a container, filters of a route. */
export function objectParts(site: Site, _given: Given, around: Around | undefined): readonly Item[] {
  const { object, style, typing } = site;
  if (object === undefined || style.isFlow || style.quote !== '' || style.hasColon || !style.isLast) return [];
  if (typing === 'value') return [];
  if (object.kind === 'NetworkPolicy') return policyParts(site, around);
  if (object.kind === 'HTTPRoute') return routeParts(site);
  return typing === 'key' ? podParts(site) : [];
}

type Direction = 'ingress' | 'egress';

function policyParts(site: Site, around: Around | undefined): readonly Item[] {
  const [first, direction, index, ...more] = site.path;
  if (first !== 'spec' || more.length > 0) return [];
  if (direction === undefined) return (['ingress', 'egress'] as const).flatMap(each => sections(site, each, around));
  if (direction !== 'ingress' && direction !== 'egress') return [];
  const rules = partsAt(direction).map(part => ({ part, body: filled(part, fillingsFor(site, around)) }));
  if (index !== undefined) return site.typing === 'key' ? rules.flatMap(rule => restOfRule(site, rule)) : [];
  // A key under a list that is not begun: the dash is missing.
  const lead = site.typing === 'item' ? '' : '- ';
  if (lead !== '' && siblingsOf(site).length > 0) return [];
  return rules.map(({ part, body }, rank) => itemOf(site, part, lead + indented(body, lead.length), rank));
}

/** The whole field of a direction, where the policy has none; and the type that it needs to count, where types may be written. */
function sections(site: Site, direction: Direction, around: Around | undefined): readonly Item[] {
  const spec = site.node.parent;
  if (site.typing !== 'key' || spec === undefined || spec.at(direction).exists) return [];
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const types = spec.at('policyTypes');
  const isNamed = types.items().some(({ string }) => string === type);
  if (types.exists && !isNamed) return [];
  // Without types a policy isolates ingress too, whatever it is about.
  const both = direction === 'egress' && spec.at('ingress').exists ? ['Ingress', type] : [type];
  const head = types.exists ? '' : `policyTypes:\n${both.map(each => `  - ${each}\n`).join('')}`;
  const fillings = fillingsFor(site, around);
  return partsAt(direction).map((part, rank) => {
    const body = `${head}${direction}:\n  - ${indented(filled(part, fillings), 4)}`;
    const item = itemOf(site, part, body, direction === 'ingress' ? rank : 10 + rank);
    const label = `${direction} ${part.label}`;
    return { ...item, label, filter: label, detail: `isolates ${direction}: all else is closed` };
  });
}

/** Of a rule that is begun, what it lacks. */
function restOfRule(site: Site, { part, body }: { readonly part: Labelled; readonly body: string }): readonly Item[] {
  const present = new Set(siblingsOf(site).map(({ key }) => String(key)));
  const at = body.indexOf('\nports:');
  const [peers, ports] = [body.slice(0, at), body.slice(at + 1)];
  if (present.has('from') || present.has('to')) return [];
  const own = present.has('ports') ? peers : `${peers}\n${ports}`;
  return [itemOf(site, part, own, partsAt(part.place).indexOf(part))];
}

/** The pods that the policy is for, and the ingress controller, where there is one. */
function fillingsFor({ root }: Site, around: Around | undefined): Readonly<Record<string, Filling | undefined>> {
  if (around === undefined) return {};
  const selector = selectorOf(root.at('spec', 'podSelector'));
  const workloads = around.namespace?.of('Deployment', 'StatefulSet', 'DaemonSet', 'Pod') ?? [];
  const workload = workloads.find(each => selector.matches(labelsOf(podTemplateOf(each).at('metadata', 'labels'))));
  const runs = controllersIn(around.view).known.flatMap(({ workloads: own }) => own)[0]?.workload;
  return {
    ...fillingsOf({ namespace: around.home, workload, service: undefined }),
    controllerNamespace: runs && around.view.namespaceOf(runs).name,
    controllerLabel: runs && isWorkload(runs) ? labelOf(runs) : undefined,
  };
}

function routeParts(site: Site): readonly Item[] {
  const [first, rules, index, filters, ...more] = site.path;
  if (first !== 'spec' || rules !== 'rules' || index === undefined || more.length > 0) return [];
  const rule = site.root.at('spec', 'rules', index);
  const fitting = partsAt('route').filter(({ body }) => rule.at('backendRefs').exists === false || !isRedirect(body));
  if (filters === undefined && site.typing === 'key') return absent(site, fitting, '');
  if (filters !== 'filters' || site.typing !== 'item') return [];
  return fitting
    .filter(({ label }) => label.startsWith('filters: '))
    .map((part, rank) => {
      // Without the key, and without the dash and the indentation of the item.
      const body = part.body
        .slice(1)
        .map(line => line.slice(4))
        .join('\n');
      const label = part.label.slice('filters: '.length);
      return { ...itemOf(site, part, body, rank), label, filter: label };
    });
}

/** A rule that redirects has no backends. */
const isRedirect = (body: readonly string[]) => body.some(line => line.includes('RequestRedirect'));

function podParts(site: Site): readonly Item[] {
  const path = podPathOf(site);
  if (path === undefined) return [];
  if (path.length === 0) {
    const fragments = podFragments.map(snippet => ({ label: snippet.prefix[0] ?? '', place: 'pod', ...snippet }));
    return absent(site, fragments, 'Fragment for a pod spec: ');
  }
  const isContainer = path.length === 2 && path[0] === 'containers';
  return isContainer ? absent(site, partsAt('container'), '', portsOf(site.node.parent)) : [];
}

/** Those whose field is not written yet. */
function absent(
  site: Site,
  fitting: readonly Labelled[],
  about: string,
  fillings: Readonly<Record<string, Filling | undefined>> = {},
): readonly Item[] {
  const present = new Set(siblingsOf(site).map(({ key }) => String(key)));
  return fitting
    .filter(({ body }) => !present.has((body[0] ?? '').replace(/:.*/, '')))
    .map((part, rank) => {
      const item = itemOf(site, part, filled(part, fillings), 10 + rank);
      const markdown = part.description.slice(about.length);
      return { ...item, markdown: markdown.charAt(0).toUpperCase() + markdown.slice(1) };
    });
}

/** Of the container itself: by name, where it has one. */
function portsOf(container: Node | undefined): Readonly<Record<string, Filling | undefined>> {
  const [port] = container?.at('ports').items() ?? [];
  const number = port?.at('containerPort').number;
  const ownPortNumber = number === undefined ? undefined : String(number);
  return { ownPort: port?.at('name').string ?? ownPortNumber, ownPortNumber };
}

function itemOf(site: Site, { label, description }: Labelled, body: string, rank: number): Item {
  const { lead, column, eol } = site.style;
  const insert = `${lead}${body}`.replaceAll('\n', eol);
  return {
    label,
    kind: 'snippet',
    detail: '',
    markdown: description,
    insert,
    plain: plainText(insert),
    column: column + lead.length,
    rank,
  };
}
