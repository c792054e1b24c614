import { optionOf, type Plugin, pluginNamed, type Status } from '../../../corefile/plugins';
import type { Directive } from '../../../corefile/syntax';
import { lineBehind, withoutBlock, withoutLine } from '../../../kube/dns/corefile-edit';
import type { Fix, Message } from '../../../lint/rule';
import type { TextEdit } from '../../../text/range';
import { type CorefileView, corefileFix } from './corefile-rule';

/** What to do with the line of a plugin that is gone, or will be. */
export function withoutPlugin(view: CorefileView, plugin: Plugin, line: Directive): readonly Fix[] {
  const { name } = line;
  if (plugin.name === 'proxy') return asForward(view, line);
  if (plugin.name === 'startup' || plugin.name === 'shutdown') {
    const title = `Write 'on ${plugin.name}'`;
    return corefileFix(view, title, [{ range: name.range, text: `on ${plugin.name}` }]);
  }
  // What reverse did needs a template of one's own.
  if (plugin.replacement !== undefined) return [];
  const title = `Remove '${plugin.name}'`;
  return corefileFix(view, title, [withoutLine(view.corefile, line)]);
}

/** An option that is gone or does nothing. What it did is written elsewhere where there is such a place. */
export function withoutOption(
  view: CorefileView,
  plugin: Plugin,
  line: Directive,
  option: Directive,
  status: Status,
): readonly Fix[] {
  const { corefile } = view;
  if (status === 'deprecated' || !line.options.includes(option)) return [];
  const [first, ...to] = option.args;
  if (plugin.name === 'kubernetes' && option.name.text === 'transfer') {
    if (first?.text !== 'to' || to.length === 0) return [];
    const block = [`to ${to.map(({ text }) => text).join(' ')}`];
    return corefileFix(view, "Use the plugin 'transfer'", [
      withoutLine(corefile, option, line),
      lineBehind(corefile, line, { line: 'transfer', block }),
    ]);
  }
  // A replacement that has words of its own asks for more than taking a line away.
  if (status === 'removed' && optionOf(plugin, option.name.text)?.replacement !== undefined) return [];
  const title = `Remove '${option.name.text}'`;
  return corefileFix(view, title, [withoutLine(corefile, option, line)], { safe: status === 'ignored' });
}

/** forward takes the zone, the servers, and those options that it has too. */
function asForward(view: CorefileView, line: Directive): readonly Fix[] {
  const { corefile } = view;
  const dropped = line.options.filter(option => !isForceTcp(option) && !isOfForward(option));
  const whole = dropped.length === line.options.length ? withoutBlock(corefile, line) : undefined;
  const changes: (TextEdit | undefined)[] = [
    { range: line.name.range, text: 'forward' },
    ...(whole === undefined ? dropped.map(option => withoutLine(corefile, option)) : [whole]),
    ...line.options.filter(isForceTcp).map(option => {
      const last = option.args.at(-1) ?? option.name;
      return { range: { start: option.name.range.start, end: last.range.end }, text: 'force_tcp' };
    }),
  ];
  const names = [...new Set(dropped.map(({ name }) => `'${name.text}'`))].join(', ');
  const title = dropped.length === 0 ? "Use 'forward'" : `Use 'forward', which has no ${names}`;
  return corefileFix(view, title, changes);
}

function isForceTcp({ name, args }: Directive): boolean {
  return name.text === 'protocol' && args[0]?.text === 'dns' && args[1]?.text === 'force_tcp';
}

function isOfForward({ name, args }: Directive): boolean {
  const forward = pluginNamed('forward');
  if (name.text === 'policy') return /^(?:random|round_robin|sequential)$/.test(args[0]?.text ?? '');
  // Its health check took a path over HTTP.
  return name.text !== 'health_check' && forward !== undefined && optionOf(forward, name.text) !== undefined;
}

interface Dropped {
  readonly deprecatedIn?: string;
  readonly ignoredIn?: string;
  readonly removedIn?: string;
  readonly replacement?: string;
}

/** What has become of a plugin or option, which is named by `subject`. */
export function messageFor(subject: string, status: Status, thing: Dropped): Message {
  const how = adviceFor(thing);
  if (status === 'removed') {
    const why = 'CoreDNS does not start with it.';
    return { what: `${subject} was removed in CoreDNS ${thing.removedIn}`, why, how };
  }
  if (status === 'ignored') {
    return { what: `${subject} has no effect`, why: `CoreDNS ignores it since ${thing.ignoredIn}.`, how };
  }
  const why = `${thing.removedIn === undefined ? 'A later CoreDNS' : `CoreDNS ${thing.removedIn}`} does not start with it.`;
  return { what: `${subject} is deprecated since CoreDNS ${thing.deprecatedIn}`, why, how };
}

/** What to do about a plugin or option, in words. */
function adviceFor({ replacement }: Dropped): string {
  if (replacement === undefined) return 'Remove it.';
  const plugin = /^the plugin (\w+)$/.exec(replacement)?.[1];
  return plugin === undefined ? `Use '${replacement}' instead.` : `Use the plugin '${plugin}' instead.`;
}

export function severityOf(status: Status): 'error' | 'info' {
  return status === 'removed' ? 'error' : 'info';
}
