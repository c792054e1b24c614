import picomatch from 'picomatch';
import { isTame } from '../text/globs';
import { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import type { AnyRule, Severity, Target } from './rule';
import { defaultVersion, Version } from './version';

export type Level = Severity | 'off';

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
export const levels: readonly Level[] = [...severities, 'off'];

export interface ConfigScope {
  readonly name: string;
  readonly namespace: string | undefined;
  holds(path: string): boolean;
}

/** What `.kube-netlint.yaml` and the settings of an editor decide. */
export interface Config {
  readonly extends: 'recommended' | 'all';
  /** By rule id or area; the more exact one wins. */
  readonly rules: ReadonlyMap<string, Level>;
  readonly ignores: (path: string) => boolean;
  readonly target: Target;
  readonly scopes: readonly ConfigScope[] | undefined;
}

/** What other layers (flags, settings) put on top of the file. */
export interface Overrides {
  readonly kubernetes?: string | undefined;
  readonly rules?: Readonly<Record<string, string>> | undefined;
  /** Globs that count from the root, wherever the config file is. */
  readonly exclude?: readonly string[] | undefined;
  /** Makes a path of the workspace one that counts from the folder of the config file, as its globs do. */
  readonly relative?: ((path: string) => string) | undefined;
}

const exemptByDefault: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'calico-system',
  'calico-apiserver',
  'tigera-operator',
  'cilium-secrets',
  'istio-system',
  'linkerd',
  'linkerd-*',
  'openshift-*',
];

/** Reads a config file that the schema accepted; what it doesn't say stays as it is by default. */
export function readConfig(text: string, overrides: Overrides = {}): Config {
  const root = new YamlDocument(text).root;
  const rules = new Map<string, Level>();
  for (const entry of root.at('rules').entries()) setLevel(rules, String(entry.key), levelText(entry));
  for (const [id, level] of Object.entries(overrides.rules ?? {})) setLevel(rules, id, level);
  const kubernetes = overrides.kubernetes || root.at('kubernetes').text || defaultVersion;
  const relative = overrides.relative ?? (path => path);
  const scopes = root
    .at('scopes')
    .items()
    .map((node, index) => scopeOf(node, index, relative));
  return {
    extends: root.at('extends').string === 'all' ? 'all' : 'recommended',
    rules,
    ignores: holding(strings(root.at('ignore')), relative),
    target: targetOf(kubernetes, strings(root.at('exemptNamespaces'))),
    scopes: scopes.length === 0 ? undefined : scopes,
  };
}

export const defaultConfig: Config = readConfig('');

/** `off` and `on` are booleans for a YAML 1.1 reader: `off` is what people mean by it. */
function levelText(node: Node): string {
  return node.boolean === false ? 'off' : (node.text ?? '');
}

function setLevel(rules: Map<string, Level>, id: string, text: string): void {
  const level = levels.find(candidate => candidate === text);
  if (level) rules.set(id, level);
}

function targetOf(kubernetes: string, exemptions: readonly string[]): Target {
  const fallback = Version.parse(defaultVersion);
  const version = Version.parse(kubernetes) ?? fallback;
  if (version === undefined) throw new Error(`not a version: ${defaultVersion}`);
  const judged = matcher(exemptions.flatMap(glob => (glob.startsWith('!') ? glob.slice(1) : [])));
  const exempt = matcher([...exemptByDefault, ...exemptions.filter(glob => !glob.startsWith('!'))]);
  return { kubernetes: version, exempt: namespace => exempt(namespace) && !judged(namespace) };
}

/** A glob that names a folder means all that is in it. */
export function holding(globs: readonly string[], relative = (path: string) => path): (path: string) => boolean {
  const matches = matcher(globs.flatMap(glob => [glob, `${glob.replace(/\/$/, '')}/**`]));
  return path => matches(relative(path));
}

function scopeOf(node: Node, index: number, relative: (path: string) => string): ConfigScope {
  const paths = strings(node.at('paths'));
  const holds = holding(paths, relative);
  return {
    name: node.at('name').string ?? paths[0] ?? `scope ${index + 1}`,
    namespace: node.at('namespace').string,
    holds,
  };
}

/** Groups may be repeated, and repetitions too: nobody can tell how long that takes. */
export function isSound(glob: string): boolean {
  return isTame(glob) && !/(?<!\\)\(/.test(glob);
}

function matcher(globs: readonly string[]): (text: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch(globs.filter(isSound), { dot: true });
  // No path and no namespace is longer.
  return text => text.length <= 4096 && matches(text);
}

function strings(node: Node): string[] {
  return node.items().flatMap(item => item.string ?? []);
}

/** The level of a rule: its id, else its area, else its own severity; rules that are off by default need a word. */
export function levelOf(rule: AnyRule, config: Config): Level | 'own' {
  const named = config.rules.get(rule.id);
  if (named !== undefined) return named;
  const area = config.rules.get(areaOf(rule.id));
  const isOff = rule.default === 'off' && config.extends !== 'all';
  if (area !== undefined && !(isOff && area !== 'off')) return area;
  return isOff ? 'off' : 'own';
}

export function areaOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('/')));
}
