import { withoutComma } from '../../corefile/keys';
import type { Corefile, ServerBlock, ServerKey } from '../../corefile/syntax';
import { type CoreDnsRelease, coreDnsWith, coreDnsWorkloadKinds, releaseOf } from '../../kube/coredns';
import {
  type CorefileForm,
  type CorefileRole,
  corefilesIn,
  isBroken,
  isOfOpenShift,
  roleOf,
} from '../../kube/corefile';
import { type AnyRule, defineRule, type Place, type Report, type Rule, type Target } from '../../lint/rule';
import type { Range } from '../../text/range';
import type { Node } from '../../yaml/node';

/** What a rule about the text of a Corefile may know. */
export interface CorefileView {
  readonly corefile: Corefile;
  readonly form: CorefileForm;
  readonly role: CorefileRole;
  readonly isOfOpenShift: boolean;
  /** The value that holds it. */
  readonly node: Node;
  /** Undefined for versions of Kubernetes without CoreDNS. */
  readonly coreDns: CoreDnsRelease | undefined;
  readonly kubernetes: Target['kubernetes'];
}

export type CorefileCheck = (view: CorefileView, report: Report) => void;

type About = Pick<Rule, 'id' | 'title' | 'severity' | 'default' | 'references'>;

/** A rule that looks at one Corefile at a time, wherever it stands; `corefileCheckOf` gives its check for plain files. */
export function defineCorefileRule({ check, ...about }: About & { readonly check: CorefileCheck }): AnyRule {
  const rule = defineRule({
    ...about,
    per: 'namespace',
    kinds: ['ConfigMap', ...coreDnsWorkloadKinds],
    check(namespace, report, target) {
      for (const configMap of namespace.of('ConfigMap')) {
        const values = corefilesIn(configMap);
        if (values.length === 0) continue;
        const workload = coreDnsWith(configMap, namespace.of(...coreDnsWorkloadKinds));
        const context = {
          role: roleOf(configMap),
          isOfOpenShift: isOfOpenShift(configMap),
          coreDns: releaseOf(workload, String(target.kubernetes)),
          kubernetes: target.kubernetes,
        };
        for (const { corefile, form, node } of values) check({ corefile, form, node, ...context }, report);
      }
    },
  });
  checks.set(rule, check);
  return rule;
}

/** The check of a rule for a Corefile that is a file; undefined for rules that need more than its text. */
export function corefileCheckOf(rule: AnyRule): CorefileCheck | undefined {
  return checks.get(rule);
}

const checks = new WeakMap<AnyRule, CorefileCheck>();

/** A range of the Corefile, as a place of the value that holds it. */
export function placeOf(view: CorefileView, { range }: { readonly range: Range }): Place {
  return { in: view.node, range };
}

/** A key without the comma that may stand behind it. */
export function placeOfKey(view: CorefileView, { token, zoneRange, portRange }: ServerKey): Place {
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
