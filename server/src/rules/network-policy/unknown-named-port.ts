import { containerPortsOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { listedInShort } from '../../text/words';
import type { Node } from '../../yaml/node';
import { portItemsIn, servedBy, type Target, targetKinds } from './shared/targets';

export default defineRule({
  id: 'network-policy/unknown-named-port',
  title: 'A named port is one that the pods declare',
  severity: 'warning',
  per: 'namespace',
  kinds: targetKinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],

  check(namespace, report) {
    for (const { item, targets } of portItemsIn(namespace)) {
      if (targets.length === 0 || isKnown(item, targets)) continue;
      const port = item.at('port');
      const { hint, fixes } = meantBy(item, targets);
      report(
        port,
        `None of the pods that this rule is about (${listedInShort(targets.map(({ workload }) => nameOf(workload)))}) has a ${protocolOf(item)} port called '${port.string}', so it allows nothing.${hint}`,
        { fixes },
      );
    }
  },
});

const protocolOf = (item: Node) => item.at('protocol').string ?? 'TCP';

/** Sidecars that a mesh injects bring ports of their own. */
function isKnown(item: Node, targets: readonly Target[]): boolean {
  const name = item.at('port').string ?? '';
  if (!/^[a-z0-9-]+$/.test(name) || /^(?:linkerd-|http-envoy-prom$|mesh-metrics$|istio-)/.test(name)) return true;
  return declared(targets).some(port => port.name === name && port.protocol === protocolOf(item));
}

const declared = (targets: readonly Target[]) => targets.flatMap(({ workload }) => containerPortsOf(workload));

/** The name is a slip, or it is the Service's name for the port, or the protocol is another one. */
function meantBy(item: Node, targets: readonly Target[]): { readonly hint: string; readonly fixes: readonly Fix[] } {
  const port = item.at('port');
  const name = port.string ?? '';
  const other = declared(targets).find(candidate => candidate.name === name);
  if (other) {
    return {
      hint: ` The port of that name is ${other.protocol}.`,
      fixes: [set(`Write protocol: ${other.protocol}`, item.at('protocol'), other.protocol)],
    };
  }
  const own = declared(targets).filter(({ protocol }) => protocol === protocolOf(item));
  const near = nearest(name, new Set(own.flatMap(candidate => candidate.name ?? [])));
  if (near !== undefined) return { hint: ` Did you mean '${near}'?`, fixes: [writing(port, near)] };
  const served = targets.flatMap(servedBy).find(candidate => candidate.port.name === name);
  const [number] = served?.numbers ?? [];
  if (served === undefined || number === undefined) return { hint: '', fixes: [] };
  return {
    hint: ` That is a port of Service '${nameOf(served.service)}', which sends to port ${number} of its pods.`,
    fixes: [writing(port, number)],
  };
}

function writing(port: Node, value: string | number): Fix {
  return set(`Write ${value}, which the pods have`, port, value);
}
