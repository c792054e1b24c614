import {
  type AnnotationUse,
  annotationKinds,
  isSettingOnly,
  readAnnotationsIn,
} from '../../kube/controllers/annotation-uses';
import { controllerKinds } from '../../kube/controllers/in-scope';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { capital } from '../../text/words';
import { keyOf, renameFix } from './shared/keys';

export default defineRule({
  id: 'ingress/unknown-annotation',
  title: 'Annotations of an ingress controller are known to it',
  severity: 'warning',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  subjects: ['Ingress', 'Service'],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/',
    'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  ],

  check(scope, report) {
    const proposals = new Proposals();
    for (const use of readAnnotationsIn(scope)) {
      const { resource, node, key, name, facts, known } = use;
      const { vocabulary } = facts;
      if (vocabulary === undefined || known || isSettingOnly(use)) continue;
      const successor = vocabulary.removed?.[name];
      const near = successor === undefined ? proposals.nearest(use) : undefined;
      const message =
        successor === undefined
          ? {
              what: `Unknown annotation '${key}'`,
              why: `${capital(facts.title)} ignores it.`,
              how: near ? `Use '${near}'.` : 'Remove it.',
            }
          : {
              what: `'${key}' was removed`,
              why: `The newest releases of ${facts.title} ignore it.`,
              how: successor ? `Use ${successor}.` : 'Remove it.',
            };
      const fixes = [...(near ? renameFix(node, near) : []), remove('Remove the annotation', node)];
      report(keyOf(node, resource), message, { fixes });
    }
  },
});

/** Known keys that are close to unknown ones; the same slip is often copied all over. */
class Proposals {
  readonly #known = new Map<string, string | undefined>();

  /** Without their prefix: it is long, and would make any two short names look alike. */
  nearest({ key, name, facts }: AnnotationUse): string | undefined {
    if (!this.#known.has(key)) {
      const names = new Map<string, string>();
      for (const known of facts.vocabulary?.annotations.names ?? [])
        names.set(known.slice(known.indexOf('/') + 1), known);
      const near = names.has(name) ? name : nearest(name, names.keys());
      this.#known.set(key, near === undefined ? undefined : names.get(near));
    }
    return this.#known.get(key);
  }
}
