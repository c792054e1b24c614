import { allowPolicy, peerOf, ruleOf } from '../../kube/policies/allow-policy';
import { nameOf, titleOf } from '../../kube/resource';
import { servicePortsOf } from '../../kube/services/service';
import type { Cluster } from '../../kube/view';
import { listed } from '../../text/words';
import { Commented } from '../../yaml/manifests';
import { servicesOf } from '../calls/services';
import type { Network } from '../policies/network';
import { networkNameOf, type Pod } from '../policies/pods';
import type { Direction } from '../policies/policy';
import { ownLabelsOf } from '../references/near-misses';
import { Connections, protocolNamed } from '../sets/connections';
import type { Cell, EndTable } from './end-table';
import { portsOn } from './exposure';
import { type IsolateKind, Names } from './isolation-plan';
import { isFinal, portItemsOf } from './known-calls';
import { calledBetween, shownCallsOf } from './shown-calls';

/** The policies that open one call, or a sentence that says why there are none to write. */
export type Opened = { readonly policies: readonly Commented[] } | { readonly reason: string };

/**
 * Opens what one end asks of another, and nothing else: a rule at each end whose policies don't let it through. Where no
 * policy isolates an end there is none, as one would cut everything else.
 */
export function openedCall(source: Cell, target: Cell, table: EndTable, view: Cluster<IsolateKind>): Opened {
  const [from, to] = [source.pods[0], target.pods[0]];
  if (from === undefined || to === undefined || source === target) return { reason: 'A call needs two ends.' };
  const { network } = table;
  const asked = askedOf(source, target, to, table, view);
  const openings = (['egress', 'ingress'] as const)
    .map((end): Opening => {
      const [subject, other] = end === 'egress' ? [from, to] : [to, from];
      return { end, subject, other, cut: asked.ports.subtract(allowedAt(network, end, subject, other)) };
    })
    .filter(({ cut }) => !cut.isEmpty);
  const call = `'${source.id}' calling '${target.id}'`;
  const reason = refusalOf(openings, network, from, to, call);
  if (reason !== undefined) return { reason };
  const [first, ...others] = openings.map(
    opening => new Commented(commentsOn(opening, network), policyFor(opening, view)),
  );
  if (first === undefined) return { reason: `No policy cuts ${call}: there is nothing to open.` };
  const head = [{ text: `Opens ${call}, on ${asked.ports}, and nothing else.` }, { text: asked.why }];
  return { policies: [new Commented([...head, ...first.comments], first.manifest), ...others] };
}

/** What is to be opened at one end of a call. */
interface Opening {
  readonly end: Direction;
  readonly subject: Pod;
  readonly other: Pod;
  readonly cut: Connections;
}

const allowedAt = (network: Network, end: Direction, subject: Pod, other: Pod) =>
  network.statedRow(network.classOf(subject), end).at(network.classOf(other));

/** Why a NetworkPolicy is not the answer. */
function refusalOf(
  openings: readonly Opening[],
  network: Network,
  from: Pod,
  to: Pod,
  call: string,
): string | undefined {
  const onHost = [from, to].find(({ isHostNetwork }) => isHostNetwork);
  if (onHost) return `The pods of ${titleOf(onHost.workload)} are in the network of their node: policies have no say.`;
  if (networkNameOf(from) !== networkNameOf(to)) return `${call}: the two are in networks apart.`;
  for (const end of ['egress', 'ingress'] as const) {
    const [subject, other] = end === 'egress' ? [from, to] : [to, from];
    const [foreign] = network.reason(subject, other, end, Connections.all).foreign;
    if (foreign) return `${titleOf(foreign)} is not evaluated, so nobody knows what ${call} needs.`;
  }
  for (const { end, subject, other, cut } of openings) {
    const reason = network.reason(subject, other, end, cut);
    const [denying] = reason.denying.map(({ placed }) => titleOf(placed.policy.resource));
    if (isFinal(reason)) return `${denying} denies ${call}: no NetworkPolicy can change that.`;
    if (reason.isolating.length === 0)
      return `${denying ?? 'A policy'} denies ${call}: a NetworkPolicy that allows it would cut all else of these pods.`;
  }
  const unlabelled = openings.length > 0 && [from, to].find(({ workload }) => ownLabelsOf(workload).size === 0);
  return unlabelled ? `The pods of ${titleOf(unlabelled.workload)} have no label to select them by.` : undefined;
}

/** What is called, else the ports of the Services before the pods, else those that the pods name, else all. */
function askedOf(
  source: Cell,
  target: Cell,
  pod: Pod,
  table: EndTable,
  view: Cluster<IsolateKind>,
): { readonly ports: Connections; readonly why: string } {
  const called = calledBetween(shownCallsOf(view, table), source, target);
  if (!called.isEmpty) return { ports: called, why: 'These are the ports that its manifests show to be called.' };
  const services = servicesOf(pod.namespace);
  const before = services.all.filter(service => services.workloadsOf(service).includes(pod.workload));
  const served = Connections.unionOf(
    before.flatMap(service => servicePortsOf(service).map(port => portsOn(pod, port))),
  );
  if (!served.isEmpty) {
    const names = listed(before.map(nameOf));
    return { ports: served, why: `No manifest shows the call: these are the ports behind Service ${names}.` };
  }
  const named = Connections.unionOf(
    pod.ports.flatMap(port => {
      const protocol = protocolNamed(port.protocol);
      return protocol === undefined ? [] : [Connections.onPort(protocol, port.number)];
    }),
  );
  if (!named.isEmpty)
    return { ports: named, why: 'No manifest shows the call: these are the ports that the pods name.' };
  return { ports: Connections.all, why: 'No manifest shows a port, so all are opened: narrow it down.' };
}

/** Whoever bears the same labels is let in as well. */
function commentsOn({ subject, other }: Opening, network: Network) {
  const alike = [subject, other].flatMap(pod =>
    network.peers.flatMap(peer => (peer.pods.includes(pod) ? [] : peer.pods.filter(one => bearsLabelsOf(one, pod)))),
  );
  const names = [...new Set(alike.map(({ workload }) => titleOf(workload)))];
  return names.length === 0 ? [] : [{ text: `The same labels also select ${names.slice(0, 5).join(', ')}.` }];
}

const bearsLabelsOf = (one: Pod, { workload, namespaceName }: Pod) =>
  one.namespaceName === namespaceName &&
  [...ownLabelsOf(workload)].every(([key, value]) => one.labels.get(key) === value);

function policyFor({ end, subject, other, cut }: Opening, view: Cluster<IsolateKind>) {
  const elsewhere = other.namespaceName === subject.namespaceName ? undefined : other.namespaceName;
  const rule = ruleOf(end, [peerOf(ownLabelsOf(other.workload), elsewhere)], portItemsOf(cut));
  const home = [...view.namespaces].find(({ name }) => (name || 'default') === subject.namespaceName);
  const verb = end === 'egress' ? 'to' : 'from';
  const wish = `allow-${nameOf(subject.workload)}-${verb}-${nameOf(other.workload)}`;
  const name = home ? new Names(home).free(wish, subject.namespaceName) : wish;
  const written = subject.namespace.isAssumed ? undefined : subject.namespaceName;
  const rules = { ingress: end === 'ingress' ? [rule] : [], egress: end === 'egress' ? [rule] : [] };
  return allowPolicy(name, written, ownLabelsOf(subject.workload), rules);
}
