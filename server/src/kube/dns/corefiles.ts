import { looksLikeCorefile, looksLikeOverride, pluginLinesIn, serverBlocksIn } from '../../corefile/detect';
import { directivesNamed } from '../../corefile/imports';
import { parseCorefile, parseOverride } from '../../corefile/parse';
import type { Corefile, Problem, ProblemCode, ServerBlock } from '../../corefile/syntax';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { textEntriesOf } from '../config-map';
import type { Resource } from '../resource';

/** A Corefile that stands in a value of a ConfigMap. */
export interface CorefileValue {
  readonly corefile: Corefile;
  /** The value: `{ in: node, range }` is a place of the Corefile. */
  readonly node: Node;
  readonly key: string;
  readonly form: CorefileForm;
}

/** whole: all server blocks. server: more blocks, imported by a whole one. override: lines for the inside of a block. */
export type CorefileForm = 'whole' | 'server' | 'override';

/** Every Corefile of a ConfigMap, whatever its keys are called. */
export const corefilesIn = memo((resource: Resource): readonly CorefileValue[] => {
  const isCustom = isCoreDnsCustom(resource);
  const values = resource.kind === 'ConfigMap' ? textEntriesOf(resource) : [];
  return values.flatMap(node => readValue(node, isCustom) ?? []);
});

/** A Corefile that is a file: `text` is the whole of it. */
export const corefileOf = memo((text: Node): Corefile => parseCorefile(text.string ?? ''));

/** The ConfigMap by which AKS, k3s and others let users add to the Corefile that they generate. */
export const isCoreDnsCustom = memo((configMap: Resource): boolean => configMap.name.string === 'coredns-custom');

/** Whose DNS a Corefile is for. */
export type CorefileRole = 'cluster' | 'node-local' | 'other';

/**
 * cluster: it holds a block with the kubernetes plugin, or adds to such a Corefile. node-local: NodeLocal DNSCache,
 * which has rules of its own. other: an echo server, a DNS for other zones, or one that nobody can edit.
 */
export const roleOf = memo((configMap: Resource): CorefileRole => {
  if (isOfOpenShift(configMap)) return 'other';
  const role = roleOfCorefiles(corefilesIn(configMap).map(({ corefile }) => corefile));
  if (role === 'node-local' || isNodeLocalName(configMap)) return 'node-local';
  return isCoreDnsCustom(configMap) ? 'cluster' : role;
});

/** The role that Corefiles show by themselves, whatever holds them. */
export function roleOfCorefiles(corefiles: readonly Corefile[]): CorefileRole {
  if (corefiles.some(isNodeLocalText)) return 'node-local';
  return corefiles.some(servesCluster) ? 'cluster' : 'other';
}

/** OpenShift's DNS operator writes this Corefile: nobody edits it. */
export function isOfOpenShift(configMap: Resource): boolean {
  return configMap.name.string === 'dns-default' || configMap.namespace === 'openshift-dns';
}

/** Whether a block of it answers for Services and pods. */
export function servesCluster(corefile: Corefile): boolean {
  return corefile.blocks.some(block => isClusterBlock(block, corefile));
}

export function isClusterBlock(block: ServerBlock, corefile: Corefile): boolean {
  return clusterPlugins.some(name => directivesNamed(block, name, corefile).directives.length > 0);
}

/** Plugins that answer for Services; kubernetai is the one for several clusters. */
export const clusterPlugins = ['kubernetes', 'kubernetai'] as const;

/** Whether CoreDNS would refuse the text, or read another than was meant: nothing may be said of what it lacks. */
export function isBroken(corefile: Corefile): boolean {
  return corefile.problems.some(({ severity, code }) => severity === 'error' || misleading.has(code));
}

/** The one problem to tell of a text: those behind the first error often follow from it. */
export function faultOf({ problems }: Corefile): Problem | undefined {
  return problems.find(({ severity }) => severity === 'error') ?? problems[0];
}

/**
 * CoreDNS may start with these, but what the author meant as a line of which block is not known.
 *
 * @own the problems of our own parser after which a line may belong to another block than it seems
 */
const misleading: ReadonlySet<ProblemCode> = new Set([
  'text-after-brace',
  'unclosed-block',
  'unexpected-closing-brace',
  'unexpected-opening-brace',
]);

function readValue(node: Node, isCustom: boolean): CorefileValue | undefined {
  const key = String(node.key);
  const text = node.string ?? '';
  if (text.trim() === '') return undefined;
  if (key.endsWith('.override')) {
    const corefile = parseOverride(text);
    const { directives = [] } = corefile.blocks[0] ?? {};
    // What stands under the wrong ending is read as what it is: `coredns/custom-key` tells of the ending.
    if (isCustom && directives.length > 0 && serverBlocksIn(corefile).length === directives.length) {
      return { corefile: parseCorefile(text), node, key, form: 'server' };
    }
    return isCustom || looksLikeOverride(corefile) ? { corefile, node, key, form: 'override' } : undefined;
  }
  const isNamed = key === 'Corefile' || (isCustom && key.endsWith('.server'));
  // A dashboard or another program's JSON is never a Corefile, and may be long.
  if (!isNamed && (/^\s*[{[<]/.test(text) || !looksLikeCorefile(text))) return undefined;
  const corefile = parseCorefile(text);
  if (isCustom && corefile.blocks.length > 0 && pluginLinesIn(corefile).length === corefile.blocks.length) {
    return { corefile: parseOverride(text), node, key, form: 'override' };
  }
  return { corefile, node, key, form: key.endsWith('.server') ? 'server' : 'whole' };
}

function isNodeLocalName(configMap: Resource): boolean {
  return /node-?local-?dns/.test(configMap.name.string ?? '');
}

/** Variables of its manifest, or a link-local address to listen on. */
function isNodeLocalText(corefile: Corefile): boolean {
  return /__PILLAR__|^[ \t]*bind\s.*\b169\.254\./m.test(corefile.text);
}
