import { isImport } from './imports';
import { parseCorefile } from './parse';
import { isPluginName, nearestPlugin } from './plugins';
import type { Corefile, Directive, ServerBlock, ServerKey } from './syntax';
import { normalizedZone } from './zone';

/**
 * Whether a text is a Corefile: server blocks for zones, most of whose lines are plugins of CoreDNS. A misspelt plugin
 * does not hide it; nginx and Caddy configurations, HCL, JSON and shell are not taken for it.
 */
export function looksLikeCorefile(text: string): boolean {
  if (!HINT.test(text)) return false;
  return isPlausible(parseCorefile(text));
}

/** As looksLikeCorefile, for a text that is parsed already. */
export function isPlausible(corefile: Corefile): boolean {
  const { blocks } = corefile;
  const lines = blocks.flatMap(block => block.directives);
  const isWhole = blocks.some(block => block.open !== undefined);
  if (!blocks.every(block => block.keys.every(key => isZoneLike(key, isWhole ? ANY_NAME : DOTTED_NAME)))) return false;
  // A zone of one plain word (`local`, `consul`) is possible, but a block of anything looks like it.
  const isPlain = blocks.some(block => block.keys.some(key => /^\w+,?$/.test(key.token.text)));
  return lines.some(isTelling) && areKnown(lines, isWhole ? (isPlain ? 0.75 : 0.5) : 1);
}

/** Whether a text is made of lines for the inside of a server block. */
export function looksLikeOverride(corefile: Corefile): boolean {
  const lines = corefile.blocks.flatMap(block => block.directives);
  return lines.length > 0 && areKnown(lines, 0.5);
}

/**
 * The server blocks in a text that should be lines for the inside of one, where each is read as a line: no plugin's name,
 * and plugins between its braces.
 */
export function serverBlocksIn(override: Corefile): readonly Directive[] {
  return override.blocks
    .flatMap(block => block.directives)
    .filter(({ name, block, options }) => {
      if (block === undefined || isPluginName(name.text)) return false;
      const holdsPlugins = options.length > 0 && areKnown(options, 1) && nearestPlugin(name.text) === undefined;
      return /[.:/]/.test(name.text) || holdsPlugins;
    });
}

/** The plugin lines in a text that should be server blocks, where each is read as the key of one. */
export function pluginLinesIn(server: Corefile): readonly ServerBlock[] {
  return server.blocks.filter(({ keys: [key], open, directives }) => {
    if (key === undefined || !isPluginName(key.token.text)) return false;
    // A zone may bear the name of a plugin, and then holds plugins.
    return open === undefined || directives.length === 0 || !areKnown(directives, 0.5);
  });
}

/** A word that every Corefile worth reading holds: cheap, and it keeps the parser away from everything else. */
const HINT =
  /(?:^|[\s{])(?:forward|kubernetes|cache|whoami|hosts|file|template|loop|ready|health|prometheus|proxy|k8s_external|etcd|auto|secondary|rewrite|any|chaos|dnssec|grpc|erratic|loadbalance|reload|autopath|acl|route53|azure|clouddns|k8s_gateway|kubernetai|fanout|dns64|local|view|minimal)(?=[\s{]|$)/;

/** Names that a Caddyfile uses too, so that they tell nothing. */
const shared: ReadonlySet<string> = new Set([
  'bind',
  'errors',
  'import',
  'log',
  'root',
  'rewrite',
  'timeouts',
  'tls',
  'header',
]);

/** Names that stand in a Caddyfile or an nginx configuration, and never in a Corefile. */
const foreign =
  /^(?:file_server|reverse_proxy|respond|encode|php_fastcgi|handle|handle_path|route|redir|basic_?auth|gzip|fastcgi|browse|templates|server|location|upstream|listen|root_dir|include|events|http)$/;

function isTelling(line: Directive): boolean {
  const name = line.name.text;
  if (!isPluginName(name) || shared.has(name)) return false;
  // In Caddy 1 'proxy' took a path; here it takes a zone. A 'file' without a name is none.
  if (name === 'proxy') return line.args[0] !== undefined && !line.args[0].text.startsWith('/');
  return name !== 'file' || line.args.length > 0;
}

function areKnown(lines: readonly Directive[], share: number): boolean {
  if (lines.some(line => foreign.test(line.name.text) || line.args.at(-1)?.text.endsWith(';') === true)) return false;
  const known = lines.filter(line => isPluginName(line.name.text) || isImport(line)).length;
  return known >= lines.length * share;
}

const ANY_NAME = /^[\w.:/*[\]$%{}+~,-]+$/;
/** Without braces any two lines of prose are a block, so its keys must look like zones. */
const DOTTED_NAME = /^[\w/-]*[.:][\w.:/{}$%-]*,?$/;

function isZoneLike(key: ServerKey, form: RegExp): boolean {
  return key.token.isDynamic || (form.test(key.token.text) && normalizedZone(key.zone).length <= 256);
}
