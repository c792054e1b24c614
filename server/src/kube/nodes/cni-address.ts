import { memo } from '../../text/maps';
import { withoutEnd } from '../../text/words';
import type { YamlDocument } from '../../yaml/document';
import type { Node } from '../../yaml/node';
import type { Place as ValuePlace } from '../../yaml/replace';
import type { Resource } from '../resource';

/** An address inside a string of a manifest. */
export interface Address {
  readonly text: string;
  readonly host: string;
  /** With the leading slash; '' where there is none. */
  readonly path: string;
  readonly at: ValuePlace;
}

/**
 * The hosts that some rule knows something about.
 *
 * @source https://github.com/projectcalico/calico/issues/6587 (2022-08-19)
 * @source https://github.com/projectcalico/calico/issues/7300 (2023-02-08)
 * @source https://github.com/weaveworks/weave (archived 2024-06-20)
 * @own the hosts of the rules about addresses of CNIs
 */
const hosts = [
  'docs.projectcalico.org',
  'projectcalico.docs.tigera.io',
  'docs.tigera.io',
  'cloud.weave.works',
  'git.io',
  'raw.githubusercontent.com',
  'github.com',
];

/**
 * The releases of Calico that its project supports and documents, the latest and the two before it, and the newest tag.
 *
 * @source projectcalico/calico:release-notes/v3.33.0-release-notes.md (28 September 2026)
 * @source https://github.com/tigera/docs/pull/2957 (the two before the latest, 2026-08-24)
 */
export const calicoReleases = { oldest: '3.31', newest: '3.33', tag: 'v3.33.0' } as const;

/** @own a word that each of those addresses has, so that most documents need not be searched */
const hint = /projectcalico|tigera|weave/;
const address = new RegExp(
  `(?<![\\w.@/-])(?:https?://)?(${hosts.map(host => host.replaceAll('.', '\\.')).join('|')})(/[^\\s"'\`<>|\\\\^{}()]*)?(?![\\w.-])`,
  'g',
);

/** Asked once for each document: a list can hold many objects. */
const isWorthReading = memo(({ text }: YamlDocument) => hint.test(text));

/** The addresses of CNI projects in the strings of an object, be they in a script or a file of a ConfigMap. */
export const cniAddressesIn = memo((resource: Resource): readonly Address[] =>
  isWorthReading(resource.document) ? stringsBelow(resource.node).flatMap(addressesIn) : [],
);

function addressesIn(node: Node): Address[] {
  const value = node.string ?? '';
  if (!hint.test(value)) return [];
  return [...withoutComments(value).matchAll(address)].flatMap(match => {
    if (!hint.test(match[0])) return [];
    const text = withoutEnd(match[0], '.,;:!?]');
    const host = match[1] ?? '';
    const path = text.slice(text.indexOf(host) + host.length);
    return [{ text, host, path, at: { in: node, range: { start: match.index, end: match.index + text.length } } }];
  });
}

/** Lines that begin with `#`, in a script or a configuration file, as blanks: people read them, programs don't. */
function withoutComments(value: string): string {
  return value.replace(/(?<![^\n])[ \t]*#[^\n]*/g, comment => ' '.repeat(comment.length));
}

/** More nodes than any honest manifest has. */
const budget = 200_000;

/** Every string below a node, each once, also where aliases repeat it; copies that kubectl keeps are left out. */
function stringsBelow(root: Node): Node[] {
  const found: Node[] = [];
  const seen = new Set<unknown>();
  const open = [root];
  for (let node = open.pop(); node !== undefined && seen.size < budget; node = open.pop()) {
    if (node.tree === undefined || seen.has(node.tree)) continue;
    seen.add(node.tree);
    if (node.string !== undefined && node.key !== 'kubectl.kubernetes.io/last-applied-configuration') found.push(node);
    for (const child of [...node.items(), ...node.entries()].reverse()) open.push(child);
  }
  return found;
}
