import { directivesNamed } from './imports';
import { portOf } from './keys';
import type { Corefile, ServerBlock, ServerKey } from './syntax';
import { zonesOf } from './zone';

/** Two keys that would make CoreDNS listen for the same zone at the same place, which it refuses. */
export interface Clash {
  readonly first: ServerKey;
  readonly second: ServerKey;
  readonly zone: string;
  readonly port: number;
}

/**
 * Keys that clash, by coredns:core/dnsserver/register.go and address.go: the same transport, zone and port, on an
 * address that both bind (`bind` parts them), unless a `view` chooses among them. What is known only at run time, or
 * comes from an import that can't be followed, is left out.
 */
export function clashesIn(corefile: Corefile): readonly Clash[] {
  if (corefile.isTemplate) return [];
  const taken = new Map<string, { readonly key: ServerKey; readonly addresses: readonly string[] }[]>();
  const clashes: Clash[] = [];
  const reported = new Set<ServerKey>();
  for (const block of corefile.blocks) {
    const addresses = addressesOf(block, corefile);
    if (addresses === undefined) continue;
    for (const key of block.keys) {
      const port = portOf(key);
      if (port === undefined || key.token.isDynamic) continue;
      for (const zone of zonesOf(key.zone)) {
        const place = `${key.scheme}://${zone}:${port}`;
        const others = taken.get(place) ?? [];
        const first = others.find(other => overlap(other.addresses, addresses))?.key;
        if (first !== undefined && !reported.has(key)) {
          reported.add(key);
          clashes.push({ first, second: key, zone, port });
        }
        // Further ones clash with the first as well, so it stands for all of them.
        if (first === undefined) taken.set(place, [...others, { key, addresses }]);
      }
    }
  }
  return clashes;
}

/** The addresses a block binds: none is every address. Undefined when they aren't known, or a view filters queries. */
function addressesOf(block: ServerBlock, corefile: Corefile): readonly string[] | undefined {
  const binds = directivesNamed(block, 'bind', corefile);
  const views = directivesNamed(block, 'view', corefile);
  const tokens = binds.directives.flatMap(bind => bind.args);
  const hasExceptions = binds.directives.some(bind => bind.options.length > 0);
  if (!binds.isComplete || hasExceptions || views.directives.length > 0) return undefined;
  if (tokens.some(token => token.isDynamic || token.text.includes('__PILLAR__'))) return undefined;
  return tokens.map(token => token.text.toLowerCase());
}

/** A block without `bind` holds every address, so it overlaps with any other. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some(address => b.includes(address));
}
