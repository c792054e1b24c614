import { type Option, type Plugin, statusIn } from '../corefile/plugins';
import type { Version } from '../corefile/versions';

/** The line as it is written: name and arguments. */
export function shapeOf(thing: Plugin | Option): string {
  return thing.args === '' ? thing.name : `${thing.name} ${thing.args}`;
}

/** Whether a release of CoreDNS, or the newest where none is known, reads the line at all. */
export function isRead(thing: Plugin | Option, coreDns: Version | undefined): boolean {
  if (coreDns === undefined) return thing.removedIn === undefined && thing.ignoredIn === undefined;
  const status = statusIn(coreDns, thing);
  return status !== 'removed' && status !== 'ignored';
}

/** Whether new lines should not use it: it goes away, or will. */
export function isDeprecated(thing: Plugin | Option, coreDns: Version | undefined): boolean {
  return coreDns === undefined ? thing.deprecatedIn !== undefined : statusIn(coreDns, thing) === 'deprecated';
}

export function isTooNew(thing: Plugin | Option, coreDns: Version | undefined): boolean {
  return coreDns !== undefined && statusIn(coreDns, thing) === 'not-yet';
}

/** What a plugin or option does, its default and its life, as Markdown. `coreDns` is the release that reads the line. */
export function describe(thing: Plugin | Option, coreDns: Version | undefined): string {
  const facts = [
    ...('default' in thing && thing.default !== undefined ? [`Default: ${thing.default}.`] : []),
    ...('isOnce' in thing && thing.isOnce === true ? ['At most once in a server block.'] : []),
    ...('isExternal' in thing && thing.isExternal === true ? ['Not in the official build of CoreDNS.'] : []),
    ...lifeOf(thing),
    ...(isTooNew(thing, coreDns) && coreDns !== undefined ? [`The CoreDNS here is ${coreDns.join('.')}.`] : []),
  ];
  return [thing.summary, ...(facts.length > 0 ? [facts.join(' ')] : [])].join('\n\n');
}

function lifeOf({ since, deprecatedIn, ignoredIn, removedIn, replacement }: Plugin | Option): string[] {
  const instead = replacement === undefined ? '' : `: write \`${replacement}\` instead`;
  const ends = [
    ...(deprecatedIn === undefined ? [] : [`deprecated since ${deprecatedIn}`]),
    ...(ignoredIn === undefined ? [] : [`without effect since ${ignoredIn}`]),
    ...(removedIn === undefined ? [] : [`removed in ${removedIn}`]),
  ].join(', ');
  return [
    ...(since === undefined ? [] : [`Since CoreDNS ${since}.`]),
    ...(ends === '' ? [] : [`${ends.charAt(0).toUpperCase()}${ends.slice(1)}${instead}.`]),
  ];
}
