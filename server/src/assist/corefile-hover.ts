import { placeAt } from '../corefile/place';
import { type Option, optionOf, type Plugin, pluginNamed } from '../corefile/plugins';
import type { Corefile } from '../corefile/syntax';
import type { Version } from '../corefile/versions';
import { describe, shapeOf } from './corefile-words';
import type { Hover } from './hover';

/** On the name of a plugin or of an option: what it does, what may follow it, its default, and since when. */
export function corefileHoverAt(corefile: Corefile, offset: number, coreDns: Version | undefined): Hover | undefined {
  const place = placeAt(corefile, offset);
  if (place?.kind === 'key') return importHover(corefile, offset, coreDns);
  if (place?.kind !== 'name' || place.line === undefined) return undefined;
  const { block, owner, line, range } = place;
  if (owner === undefined) {
    const plugin = pluginNamed(line.name.text);
    return plugin && { markdown: aboutPlugin(plugin, coreDns), range };
  }
  const plugin = block.directives.includes(owner) ? pluginNamed(owner.name.text) : undefined;
  const option = plugin && optionOf(plugin, line.name.text);
  return plugin && option && { markdown: aboutOption(option, plugin, coreDns), range };
}

/** Outside of blocks only `import` means something. */
function importHover(corefile: Corefile, offset: number, coreDns: Version | undefined): Hover | undefined {
  const line = corefile.imports.find(({ name: { range } }) => range.start <= offset && offset <= range.end);
  const plugin = line && pluginNamed(line.name.text);
  return plugin && { markdown: aboutPlugin(plugin, coreDns), range: line.name.range };
}

function aboutPlugin(plugin: Plugin, coreDns: Version | undefined): string {
  const isDocumented = plugin.isExternal !== true && plugin.removedIn === undefined;
  const page = isDocumented ? [`[coredns.io/plugins/${plugin.name}](https://coredns.io/plugins/${plugin.name}/)`] : [];
  return [`\`${shapeOf(plugin)}\``, describe(plugin, coreDns), ...page].join('\n\n');
}

function aboutOption(option: Option, plugin: Plugin, coreDns: Version | undefined): string {
  return [`\`${shapeOf(option)}\` in ${plugin.name}`, describe(option, coreDns)].join('\n\n');
}
