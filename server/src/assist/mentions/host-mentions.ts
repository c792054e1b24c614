import { addressesIn, serviceReadingsOf } from '../../kube/address';
import { textEntriesOf } from '../../kube/config-map';
import { containersOf, isWorkload } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { hostsInSetting, mentionsOf } from '../../network/calls/evidence';
import type { Range } from '../../text/range';
import type { Node } from '../../yaml/node';
import { type Mention, meaningOf, type ObjectMeaning, type Spot, valueAt } from './mention';

/** The Services and namespaces that texts name by DNS: variables, arguments, ConfigMaps, annotations. */
export function hostMentionsOf(resource: Resource): Mention[] {
  if (isWorkload(resource)) {
    return [...mentionsOf(resource, () => []).flatMap(hostMentions), ...containersOf(resource).flatMap(toldTo)];
  }
  if (resource.is('ConfigMap'))
    return textEntriesOf(resource).flatMap(entry => hostsInSetting(entry).flatMap(hostMentions));
  if (resource.is('Secret'))
    return resource
      .at('stringData')
      .entries()
      .flatMap(entry => hostsInSetting(entry).flatMap(hostMentions));
  if (resource.is('Ingress')) return resource.at('metadata', 'annotations').entries().flatMap(evident);
  return resource.is('Service') ? evident(resource.at('spec', 'externalName')) : [];
}

/** A host in a value, as `network/calls` finds it. */
interface Found {
  readonly host: string;
  readonly port: number | undefined;
  readonly scheme: string | undefined;
  readonly place: { readonly in: Node; readonly range: Range };
  readonly form?: string;
}

const evident = (node: Node): Mention[] =>
  addressesIn(node.string ?? '').flatMap(address =>
    hostMentions({ ...address, place: { in: node, range: address.range } }),
  );

function hostMentions({ host, port, scheme, place, form }: Found): Mention[] {
  const isFull = /\.svc(?:\.|$)/.test(host);
  const isBare = form === 'address' && scheme === undefined && !host.includes('.');
  let before: ObjectMeaning | undefined;
  return serviceReadingsOf(host).flatMap(({ service, namespace }): Mention[] => {
    const means: ObjectMeaning = {
      ...meaningOf('Service', service.text, namespace?.text),
      unless: before,
      port: isBare ? port : undefined,
    };
    before = means;
    const at = (range: Range) => spotIn(place.in, place.range.start, range);
    const named: Mention = { at: at(service.range), means, sort: 'addresses' };
    if (namespace === undefined) return [named];
    const home: ObjectMeaning = { ...meaningOf('Namespace', namespace.text), besides: isFull ? undefined : means };
    return [named, { at: at(namespace.range), means: home, sort: 'addresses' }];
  });
}

/** A literal of a generator is one text with its key, and what is made of it a part of that. */
function spotIn(node: Node, offset: number, { start, end }: Range): Spot {
  const whole = node.written.string;
  const part = { start: offset + start, end: offset + end };
  if (node.string === undefined || whole === undefined || whole === node.string || !whole.endsWith(`=${node.string}`)) {
    return { node, part };
  }
  const behind = whole.length - node.string.length;
  return { node: node.written, part: { start: behind + part.start, end: behind + part.end } };
}

/** `--namespace=shop`, variables that are called so, and objects in flags of controllers. */
function toldTo(container: Node): Mention[] {
  const told = (at: Spot, name: string): Mention => ({ at, means: meaningOf('Namespace', name), sort: 'addresses' });
  const words = [...container.at('command').items(), ...container.at('args').items()];
  const args = words.flatMap(node => {
    const match = /^(--?[\w-]*namespace=)([a-z0-9-]+)$/.exec(node.string ?? '');
    const [, flag = '', name = ''] = match ?? [];
    return name === ''
      ? objectTold(node)
      : [told({ node, part: { start: flag.length, end: flag.length + name.length } }, name)];
  });
  const variables = container
    .at('env')
    .items()
    .flatMap(item => {
      const value = item.at('value');
      return value.string && /(?:^|_)namespace$/i.test(item.at('name').string ?? '')
        ? [told(valueAt(value), value.string)]
        : [];
    });
  return [...args, ...variables];
}

const kindsTold: readonly (readonly [RegExp, string])[] = [
  [/config-?map$/, 'ConfigMap'],
  [/service$/, 'Service'],
  [/(?:secret|certificate)$/, 'Secret'],
];

/** `--configmap=$(POD_NAMESPACE)/settings`, as ingress controllers take it; the variable is the namespace of the pod. */
function objectTold(node: Node): Mention[] {
  const match = /^(--?([\w-]+)=(?:(\$\([A-Z_]+\)|[a-z0-9-]+)\/)?)([a-z0-9.-]+)$/.exec(node.string ?? '');
  const [, before = '', flag = '', namespace, name = ''] = match ?? [];
  const kindName = kindsTold.find(([word]) => word.test(flag))?.[1];
  if (kindName === undefined) return [];
  const home = namespace?.startsWith('$') ? undefined : namespace;
  const at = { node, part: { start: before.length, end: before.length + name.length } };
  return [{ at, means: meaningOf(kindName, name, home), sort: 'references' }];
}
