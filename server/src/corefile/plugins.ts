import { answerPlugins } from './plugins/answer';
import { externalPlugins, formerPlugins } from './plugins/external';
import { observabilityPlugins } from './plugins/observability';
import type { Option, Plugin } from './plugins/plugin';
import { recordPlugins } from './plugins/records';
import { serverPlugins } from './plugins/server';
import { upstreamPlugins } from './plugins/upstream';
import { isAtLeast, type Version } from './versions';

export type { Option, Plugin } from './plugins/plugin';

/**
 * Every plugin of the official CoreDNS (plugin.cfg, up to 1.14.7), those that left it, and those of other authors that
 * clusters use. Sources: the README.md and setup.go of each in coredns/coredns, its release notes, and
 * coredns/corefile-migration. The words are ours.
 */
export const plugins: readonly Plugin[] = [
  ...serverPlugins,
  ...observabilityPlugins,
  ...answerPlugins,
  ...recordPlugins,
  ...upstreamPlugins,
  ...formerPlugins,
  ...externalPlugins,
];

const byName: ReadonlyMap<string, Plugin> = new Map(plugins.map(plugin => [plugin.name, plugin]));

export function pluginNamed(name: string): Plugin | undefined {
  return byName.get(name);
}

/** Whether CoreDNS, an older one, or a well-known build of it has a plugin of this name. */
export function isPluginName(name: string): boolean {
  return byName.has(name);
}

export function optionOf(plugin: Plugin, name: string): Option | undefined {
  return plugin.options.find(option => option.name === name);
}

/** What has become of a plugin or option in a version of CoreDNS. */
export type Status = 'not-yet' | 'current' | 'deprecated' | 'ignored' | 'removed';

export function statusIn(version: Version, thing: Plugin | Option): Status {
  if (thing.since !== undefined && !isAtLeast(version, thing.since)) return 'not-yet';
  if (thing.removedIn !== undefined && isAtLeast(version, thing.removedIn)) return 'removed';
  if (thing.ignoredIn !== undefined && isAtLeast(version, thing.ignoredIn)) return 'ignored';
  return thing.deprecatedIn !== undefined && isAtLeast(version, thing.deprecatedIn) ? 'deprecated' : 'current';
}

/** The known names nearest to one that is not known, best first: at most a third of its letters may be wrong. */
export function similarNames(name: string, names: readonly string[]): readonly string[] {
  const limit = Math.max(1, Math.floor(Math.min(name.length, LONGEST) / 3));
  return names
    .map(known => ({ known, distance: distance(name.toLowerCase(), known) }))
    .filter(candidate => candidate.distance <= limit)
    .sort((a, b) => a.distance - b.distance || a.known.localeCompare(b.known))
    .map(candidate => candidate.known);
}

const LONGEST = 40;

/** Letters to change, add, take away or swap to get from one word to the other (optimal string alignment). */
function distance(a: string, b: string): number {
  if (a.length > LONGEST || b.length > LONGEST) return LONGEST;
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const at = (up: number, left: number): number => (up === 0 ? row : rows[i - up])?.[j - left] ?? LONGEST;
      let best = Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(2, 2) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? LONGEST;
}
