import { nearest } from '../text/distance';
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

/** The plugin of a current CoreDNS that a misspelt name probably means. */
export function nearestPlugin(name: string): string | undefined {
  return nearest(name, official);
}

/** The option of a plugin that a misspelt name probably means. */
export function nearestOption(plugin: Plugin, name: string): string | undefined {
  return nearest(
    name,
    plugin.options.filter(isCurrent).map(option => option.name),
  );
}

const official: readonly string[] = plugins
  .filter(plugin => isCurrent(plugin) && plugin.isExternal !== true)
  .map(plugin => plugin.name);

function isCurrent(thing: Plugin | Option): boolean {
  return thing.removedIn === undefined && thing.ignoredIn === undefined;
}
