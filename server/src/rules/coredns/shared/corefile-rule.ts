import { expanded } from '../../../corefile/imports';
import { withoutComma } from '../../../corefile/keys';
import type { Corefile, Directive, ServerBlock, ServerKey } from '../../../corefile/syntax';
import { type CoreDnsRelease, coreDnsWith, coreDnsWorkloadKinds, releaseOf } from '../../../kube/dns/coredns';
import { isOfClusterDns } from '../../../kube/dns/coredns-deployment';
import { editCorefile, lastLine, lineBehind, type NewLine } from '../../../kube/dns/corefile-edit';
import {
  type CorefileForm,
  type CorefileRole,
  type CorefileValue,
  clusterPlugins,
  corefileOf,
  corefilesIn,
  isBroken,
  isCoreDnsCustom,
  roleOf,
  roleOfCorefiles,
} from '../../../kube/dns/corefiles';
import type { Workload } from '../../../kube/pods/workload';
import { fix } from '../../../lint/fixes';
import {
  type AnyRule,
  defineRule,
  type Fix,
  type Place,
  type Report,
  type Rule,
  type Target,
} from '../../../lint/rule';
import type { Range, TextEdit } from '../../../text/range';
import type { Node } from '../../../yaml/node';

/** What a rule about the text of a Corefile may know. */
export interface CorefileView {
  readonly corefile: Corefile;
  readonly form: CorefileForm;
  readonly role: CorefileRole;
  /** Whether it is the DNS that the pods of a cluster ask, as far as can be seen: only that is given advice. */
  readonly isClusterDns: boolean;
  /** Whether it is the Corefile that Kubernetes' own CoreDNS runs with: ConfigMap coredns in kube-system. */
  readonly isOfSystem: boolean;
  /** The value that holds it. */
  readonly node: Node;
  /** Corefiles that are read into the same one before it: the other keys of coredns-custom. */
  readonly before: readonly CorefileValue[];
  /** Undefined for versions of Kubernetes without CoreDNS. */
  readonly coreDns: CoreDnsRelease | undefined;
  readonly kubernetes: Target['kubernetes'];
  /** What runs CoreDNS with it, where that is at hand. */
  readonly workload: Workload | undefined;
}

export type CorefileCheck = (view: CorefileView, report: Report) => void;

type About = Pick<Rule, 'id' | 'title' | 'severity' | 'default' | 'options' | 'references'>;

/** A rule that looks at one Corefile at a time, in a ConfigMap or in a file of its own. */
export function defineCorefileRule({ check, ...about }: About & { readonly check: CorefileCheck }): AnyRule {
  return defineRule({
    ...about,
    per: 'namespace',
    kinds: ['ConfigMap', ...coreDnsWorkloadKinds],
    subjects: ['ConfigMap'],
    check(namespace, report, target) {
      for (const configMap of namespace.judged('ConfigMap')) {
        const values = corefilesIn(configMap);
        if (values.length === 0) continue;
        const workload = coreDnsWith(configMap, namespace.of(...coreDnsWorkloadKinds));
        const role = roleOf(configMap);
        const context = {
          role,
          isClusterDns: role === 'cluster' && isOfClusterDns(configMap, workload),
          isOfSystem: configMap.name.string === 'coredns' && namespace.name === 'kube-system',
          coreDns: releaseOf(workload, String(target.kubernetes)),
          kubernetes: target.kubernetes,
          workload,
        };
        for (const [index, { corefile, form, node }] of values.entries()) {
          const before = isCoreDnsCustom(configMap) ? values.slice(0, index) : [];
          check({ corefile, form, node, before, ...context }, report);
        }
      }
    },
    checkText(text, report, target) {
      const corefile = corefileOf(text);
      const version = String(target.kubernetes);
      const file = { form: 'whole', isOfSystem: false, before: [], workload: undefined } as const;
      const role = roleOfCorefiles([corefile]);
      const context = {
        role,
        isClusterDns: role === 'cluster',
        coreDns: releaseOf(undefined, version),
        kubernetes: target.kubernetes,
      };
      check({ corefile, node: text, ...file, ...context }, report);
    },
  });
}

/** A range of the Corefile, as a place of the value that holds it. */
export function placeOf(view: CorefileView, { range }: { readonly range: Range }): Place {
  return { in: view.node, range };
}

/** A key without the comma that may stand behind it. */
export function placeOfKey(view: Pick<CorefileView, 'node'>, { token, zoneRange, portRange }: ServerKey): Place {
  const end = token.isQuoted ? token.range.end : (portRange ?? zoneRange).end;
  return { in: view.node, range: { start: token.range.start, end } };
}

export function nameOf({ token }: ServerKey): string {
  return withoutComma(token.text);
}

/** The server blocks of a cluster's DNS, where something may be said to be missing: none of a text that is refused. */
export function clusterDnsBlocks(view: CorefileView): readonly ServerBlock[] {
  if (view.role !== 'cluster' || view.form === 'override' || isBroken(view.corefile)) return [];
  return view.corefile.blocks;
}

/** A server block with the plugin lines that CoreDNS sees in it, imported ones among them. */
export interface ReadBlock {
  readonly block: ServerBlock;
  readonly lines: readonly Directive[];
  /** False when an import could not be followed. */
  readonly isComplete: boolean;
}

export function readBlocks(corefile: Corefile): readonly ReadBlock[] {
  return corefile.blocks.map(block => {
    const { directives, isComplete } = expanded(block.directives, corefile);
    return { block, lines: directives, isComplete };
  });
}

/** Every plugin line of a Corefile that CoreDNS would read, once: a snippet may be imported many times. */
export function pluginLines(corefile: Corefile): readonly Directive[] {
  return [...new Set(readBlocks(corefile).flatMap(({ lines }) => lines))];
}

export function linesNamed(lines: readonly Directive[], ...names: readonly string[]): readonly Directive[] {
  return lines.filter(({ name }) => names.includes(name.text));
}

/** A fix that changes the text of the Corefile; none when one of its changes can't be made. */
export function corefileFix(
  view: CorefileView,
  title: string,
  changes: readonly (TextEdit | undefined)[],
  promise?: { readonly safe: boolean },
): readonly Fix[] {
  const possible = changes.filter(change => change !== undefined);
  if (possible.length < changes.length || possible.length === 0) return [];
  return [fix(title, edits => editCorefile(edits, view.node, possible), promise)];
}

/** The whole Corefile of a cluster's DNS, for plugins that serve the process rather than one block. */
export interface WholeCorefile {
  /** The block that answers for Services. */
  readonly block: ServerBlock;
  /** Where a finding about a missing plugin stands: the first key of that block. */
  readonly place: Place;
  has(plugin: string): boolean;
  named(plugin: string): readonly Directive[];
}

/** Undefined for parts of Corefiles, and where imports may bring more than can be seen. */
export function wholeClusterCorefile(view: CorefileView): WholeCorefile | undefined {
  const { corefile } = view;
  if (view.form !== 'whole' || clusterDnsBlocks(view).length === 0 || corefile.imports.length > 0) return undefined;
  const blocks = readBlocks(corefile);
  if (!blocks.every(({ isComplete }) => isComplete)) return undefined;
  const home = blocks.find(({ lines }) => linesNamed(lines, ...clusterPlugins).length > 0);
  const key = home?.block.keys[0];
  if (home === undefined || key === undefined) return undefined;
  const lines = pluginLines(corefile);
  return {
    block: home.block,
    place: placeOfKey(view, key),
    has: plugin => linesNamed(lines, plugin).length > 0,
    named: plugin => linesNamed(lines, plugin),
  };
}

/** The fix that adds a plugin to a block: behind the line it follows in kubeadm's Corefile, else at the end. */
export function addLine(view: CorefileView, block: ServerBlock, added: NewLine, behind = ''): readonly Fix[] {
  const before = block.directives.findLast(({ name }) => name.text === behind);
  const change = (before && lineBehind(view.corefile, before, added)) ?? lastLine(view.corefile, block, added);
  return corefileFix(view, `Add '${added.line}'`, [change]);
}
