import { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import type { Baseline } from './baseline';
import { holding, matcher, strings } from './config-globs';
import { type Peer, peers } from './honored';
import { always, type Exception, exceptionOf, type Loudness, over, type Words, wordsIn, wordsOf } from './levels';
import type { Fault } from './repeated-keys';
import type { Target } from './rule';
import { defaultVersion, Version } from './version';

export interface ConfigScope {
  readonly name: string;
  readonly namespace: string | undefined;
  holds(path: string): boolean;
}

/** What `.kube-netlint.yaml` and the settings of an editor decide. */
export interface Config extends Loudness {
  readonly ignores: (path: string) => boolean;
  readonly target: Target;
  readonly scopes: readonly ConfigScope[] | undefined;
  /** Other linters whose annotations count. */
  readonly honors: readonly Peer[];
  /** What was known before, and is not reported again. */
  readonly baseline?: Baseline | undefined;
  /** What is wrong with the files that a config file, by its path in the workspace, extends. */
  readonly faultsOf?: ((path: string) => readonly Fault[]) | undefined;
}

/** A config file among those that count together. */
export interface Layer {
  readonly root: Node;
  /** Makes a path of the workspace one that counts from the folder of the file, as its globs do. */
  readonly relative: (path: string) => string;
}

/** What other layers (flags, settings) put on top of the file. */
export interface Overrides {
  readonly kubernetes?: string | undefined;
  readonly rules?: Readonly<Record<string, string>> | undefined;
  /** Globs that count from the root, wherever the config file is. */
  readonly exclude?: readonly string[] | undefined;
  /** Instead of the one that a config file names. */
  readonly baseline?: Baseline | 'none' | undefined;
  /** Judges what the config files leave out, too. */
  readonly ignore?: 'nothing' | undefined;
}

/** Namespaces of the cluster's own parts, which need ways that a default deny would cut. */
const exemptByDefault: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'calico-apiserver',
  'calico-system',
  'cert-manager',
  'cilium-secrets',
  'gatekeeper-system',
  'ingress-nginx',
  'istio-ingress',
  'istio-system',
  'linkerd',
  'linkerd-*',
  'local-path-storage',
  'metallb-system',
  'openshift-*',
  'tigera-operator',
];

/** Reads a config file that the schema accepted; what it doesn't say stays as it is by default. */
export function readConfig(text: string, overrides: Overrides = {}): Config {
  return configOf([{ root: new YamlDocument(text).root, relative: path => path }], overrides);
}

/** The config that several files make, of which each has the last word on those before it; their lists add up. */
export function configOf(layers: readonly Layer[], overrides: Overrides): Config {
  let rules: Words = new Map();
  const exceptions: Exception[] = [];
  const say = (words: Words) => {
    rules = over(rules, words);
    if (exceptions.length > 0 && words.size > 0) exceptions.push(always(words));
  };
  for (const { root, relative } of layers) {
    say(wordsIn(root.at('rules')));
    for (const node of root.at('overrides').items()) exceptions.push(exceptionOf(node, relative));
  }
  say(wordsOf(Object.entries(overrides.rules ?? {})));
  const nearest = <T>(of: (layer: Layer) => T | undefined) =>
    layers.reduce<T | undefined>((last, layer) => of(layer) ?? last, undefined);
  const kubernetes = overrides.kubernetes || nearest(({ root }) => versionText(root) || undefined) || defaultVersion;
  const ignored = layers.map(({ root, relative }) => holding(strings(root.at('ignore')), relative));
  return {
    extends: nearest(({ root }) => presetIn(root)) ?? 'recommended',
    rules,
    exceptions,
    ignores: path => ignored.some(ignores => ignores(path)),
    target: targetOf(
      kubernetes,
      layers.flatMap(({ root }) => strings(root.at('exemptNamespaces'))),
    ),
    scopes: nearest(scopesOf),
    honors: peers.filter(peer => layers.some(({ root }) => strings(root.at('honor')).includes(peer))),
  };
}

/** The set of rules that a config file names itself. */
export function presetIn(root: Node): Config['extends'] | undefined {
  const { isSequence, string } = root.at('extends');
  const names = isSequence ? strings(root.at('extends')) : [string];
  return presets.findLast(preset => names.includes(preset));
}

const presets = ['recommended', 'all'] as const;

function scopesOf({ root, relative }: Layer): readonly ConfigScope[] | undefined {
  const scopes = root
    .at('scopes')
    .items()
    .map((node, index) => scopeOf(node, index, relative));
  return scopes.length === 0 ? undefined : scopes;
}

/** Without quotes, 1.30 is the number 1.3 for YAML, and the version 1.30 for whoever wrote it. */
export function versionText(root: Node): string {
  const node = root.at('kubernetes');
  return node.number === undefined ? (node.text ?? '') : node.source;
}

export const defaultConfig: Config = readConfig('');

function targetOf(kubernetes: string, exemptions: readonly string[]): Target {
  const fallback = Version.parse(defaultVersion);
  const version = Version.parse(kubernetes) ?? fallback;
  if (version === undefined) throw new Error(`not a version: ${defaultVersion}`);
  const judged = matcher(exemptions.flatMap(glob => (glob.startsWith('!') ? glob.slice(1) : [])));
  const exempt = matcher([...exemptByDefault, ...exemptions.filter(glob => !glob.startsWith('!'))]);
  return { kubernetes: version, exempt: namespace => exempt(namespace) && !judged(namespace) };
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
