import { isTrue } from '../annotation';
import type { AnnotationUse } from './annotation-uses';
import { f5Nginx } from './facts/f5-nginx';
import { ingressNginx } from './facts/ingress-nginx';
import type { Controllers } from './in-scope';
import { versionAtLeast } from './running';

/** Whether a controller reads snippets; `unless-told` where what decides it is not among the files. */
export type SnippetVerdict =
  | { readonly verdict: 'read' }
  | { readonly verdict: 'refused' | 'unless-told'; readonly why: string };

const read: SnippetVerdict = { verdict: 'read' };

/** What becomes of an annotation with a piece of configuration: refused by default since 1.9.1 (ingress-nginx). */
export function snippetVerdict(
  { facts }: Pick<AnnotationUse, 'facts'>,
  { known }: Pick<Controllers, 'known'>,
): SnippetVerdict {
  const controller = known.find(candidate => candidate.facts === facts);
  const settings = controller?.settings ?? [];
  if (facts === f5Nginx) {
    const why = 'accepts snippets only with the argument -enable-snippets';
    const runs = controller?.workloads ?? [];
    if (runs.some(({ flags }) => flags.get('enable-snippets') === 'true')) return read;
    if (settings.some(({ resource }) => !resource.is('ConfigMap'))) return read;
    return { verdict: runs.length > 0 ? 'refused' : 'unless-told', why };
  }
  if (facts !== ingressNginx) return read;
  const isOld = versionAtLeast(controller?.version, '1.12') === false;
  const isOn = settings.some(({ data }) => isTrue(data.at('allow-snippet-annotations')));
  const isCritical = settings.some(({ data }) => data.at('annotations-risk-level').text?.toLowerCase() === 'critical');
  if (isOn && (isCritical || isOld)) return read;
  const why = isOn
    ? "accepts snippets since 1.12 only with annotations-risk-level: 'Critical' in its ConfigMap too"
    : "accepts snippets only with allow-snippet-annotations: 'true' and, since 1.12, annotations-risk-level: 'Critical' in its ConfigMap";
  const isCertain = settings.length > 0 && settings.every(({ isPartial }) => !isPartial);
  return { verdict: isCertain ? 'refused' : 'unless-told', why };
}
