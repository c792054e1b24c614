import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { listedInShort } from '../../text/words';
import type { Node } from '../../yaml/node';
import { declaredBy, protocolOf, unknownPortItemsIn } from './shared/named-ports';
import { servedBy, type Target, targetKinds } from './shared/targets';

export default defineRule({
  id: 'network-policy/unknown-named-port',
  title: 'Named policy ports are declared by the pods',
  severity: 'warning',
  per: 'namespace',
  kinds: targetKinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],

  check(namespace, report) {
    for (const { item, targets } of unknownPortItemsIn(namespace)) {
      const port = item.at('port');
      const { hint, how, fixes } = meantBy(item, targets);
      report(
        port,
        {
          what: `No pod declares the ${protocolOf(item)} port '${port.string}'`,
          why: `The rule applies to the pods of ${listedInShort(targets.map(({ workload }) => nameOf(workload)))}, so this port allows nothing.${hint}`,
          how,
        },
        { fixes },
      );
    }
  },
});

interface Meant {
  readonly hint: string;
  readonly how: string;
  readonly fixes: readonly Fix[];
}

/** The name is a slip, or it is the Service's name for the port, or the protocol is another one. */
function meantBy(item: Node, targets: readonly Target[]): Meant {
  const port = item.at('port');
  const name = port.string ?? '';
  const other = declaredBy(targets).find(candidate => candidate.name === name);
  if (other) {
    return {
      hint: ` The port of that name is ${other.protocol}.`,
      how: `Write 'protocol: ${other.protocol}'.`,
      fixes: [set(`Write protocol: ${other.protocol}`, item.at('protocol'), other.protocol)],
    };
  }
  const own = declaredBy(targets).filter(({ protocol }) => protocol === protocolOf(item));
  const near = nearest(name, new Set(own.flatMap(candidate => candidate.name ?? [])));
  if (near !== undefined) return { hint: '', how: `Write '${near}', if that is meant.`, fixes: [writing(port, near)] };
  const served = targets.flatMap(servedBy).find(candidate => candidate.port.name === name);
  const [number] = served?.numbers ?? [];
  if (served === undefined || number === undefined) {
    return { hint: '', how: 'Use a name that the containers declare, or the number of the port.', fixes: [] };
  }
  return {
    hint: ` It is the name of a port of Service '${nameOf(served.service)}', which forwards to ${number}.`,
    how: `Write ${number}, the port of the pods.`,
    fixes: [writing(port, number)],
  };
}

function writing(port: Node, value: string | number): Fix {
  return set(`Write ${value}, which the pods have`, port, value);
}
