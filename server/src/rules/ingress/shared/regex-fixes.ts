import type { Controller } from '../../../kube/controllers/in-scope';
import { nameOf, type Resource } from '../../../kube/resource';
import { looksLikeRegex } from '../../../kube/services/backend-path';
import { fix } from '../../../lint/fixes';
import type { Detail } from '../../../lint/rule';
import { listedInShort } from '../../../text/words';
import type { Node } from '../../../yaml/node';

/** A host of an Ingress, with all that ingress-nginx makes one server of. */
interface NginxHost {
  readonly ingress: Resource;
  readonly others: readonly Resource[];
  readonly paths: readonly Node[];
  /** Whether its paths are read as expressions already: one Ingress that asks for it is enough. */
  readonly isRegex: boolean;
}

export function nginxHostOf({ ingresses }: Controller, ingress: Resource, host: string): NginxHost {
  const rulesOf = (each: Resource) =>
    each
      .at('spec', 'rules')
      .items()
      .filter(rule => (rule.at('host').string ?? '') === host);
  const all = ingresses.filter(each => rulesOf(each).length > 0);
  return {
    ingress,
    others: all.filter(each => each !== ingress),
    paths: all.flatMap(rulesOf).flatMap(rule => rule.at('http', 'paths').items()),
    isRegex: all.some(readsExpressions),
  };
}

/** A rewrite target turns use-regex on too (rootfs/etc/nginx/template: enforceRegexModifier). */
function readsExpressions(ingress: Resource): boolean {
  const useRegex = useRegexOf(ingress).text;
  return useRegex === 'true' || ingress.annotation('nginx.ingress.kubernetes.io/rewrite-target').exists;
}

function useRegexOf(ingress: Resource): Node {
  return ingress.annotation('nginx.ingress.kubernetes.io/use-regex');
}

/**
 * An expression that only says "and all below" is a prefix. Any other needs use-regex, which changes how all paths of the
 * host are read, those of other Ingresses too.
 */
export function regexFixes(host: NginxHost, path: Node, text: string): Pick<Detail, 'fixes' | 'related'> {
  const { ingress, others, isRegex } = host;
  const pathType = path.at('pathType');
  if (isRegex || useRegexOf(ingress).exists || !looksLikeRegex(text)) {
    return { fixes: [fix('Use ImplementationSpecific', edits => edits.set(pathType, 'ImplementationSpecific'))] };
  }
  const prefix = pathType.string === 'Prefix' ? prefixIn(text) : undefined;
  const isTaken = host.paths.some(other => other.at('path').string === prefix);
  const asPrefix = fix(`Write '${prefix}', the prefix that it means`, edits => edits.set(path.at('path'), prefix));
  const whole =
    others.length > 0 ? `; regex in ${listedInShort(others.map(nameOf))} too` : ", and 'use-regex' for the host";
  const asRegex = fix(`Use ImplementationSpecific${whole}`, edits =>
    edits.set(pathType, 'ImplementationSpecific').set(useRegexOf(ingress), 'true'),
  );
  return {
    fixes: prefix === undefined || isTaken ? [asRegex] : [asPrefix, asRegex],
    related: others.map(({ name }) => ({
      at: name,
      message: "Same host: 'use-regex' makes these paths case-insensitive expressions too",
    })),
  };
}

/** `/api` of `/api/(.*)`, `/api(/|$)(.*)`, `/api/*`. */
function prefixIn(path: string): string | undefined {
  const match = /^((?:\/[A-Za-z0-9_-]+)*)(?:\(\/\|\$\)\(\.\*\)|\/\(?\.?\*\)?|\(\/\.\*\)\?)$/.exec(path);
  return match === null ? undefined : match[1] || '/';
}
