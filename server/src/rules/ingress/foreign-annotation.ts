import { type AnnotationUse, annotationKinds, annotationsIn } from '../../kube/controllers/annotation-uses';
import type { ControllerFacts } from '../../kube/controllers/facts/controller';
import { controllerKinds } from '../../kube/controllers/in-scope';
import { classNameOf } from '../../kube/services/ingress';
import { remove, rename } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { keyOf } from './shared/keys';

export default defineRule({
  id: 'ingress/foreign-annotation',
  title: 'The annotations of an Ingress are for the controller that serves it',
  severity: 'warning',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  subjects: ['Ingress', 'Service'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class'],

  check(scope, report) {
    for (const use of annotationsIn(scope)) {
      const { resource, node, key, facts, served } = use;
      // A class is proof; annotations are what would be judged, and the only controller around is a guess.
      if (served === undefined || served.facts === facts || served.standsInFor === facts) continue;
      if (served.evidence === 'annotations' || served.evidence === 'only') continue;
      const name = classNameOf(resource);
      const by = name === undefined ? 'The default class' : `Class '${name}'`;
      const equivalent = equivalentOf(use, served.facts);
      const message = {
        what: `'${key}' has no effect`,
        why: `${by} is served by ${served.facts.title}, and this annotation is for ${facts.title}.`,
        how: equivalent ? `Use '${equivalent}'.` : "Remove it, or use the controller's own annotation.",
      };
      const fixes = equivalent ? [rename(`Use '${equivalent}'`, node, equivalent)] : [];
      report(keyOf(node, resource), message, { fixes: [...fixes, remove('Remove the annotation', node)] });
    }
  },
});

/** The same name with the other prefix, where that controller has it and takes the value. */
function equivalentOf({ node, name, resource }: AnnotationUse, reader: ControllerFacts): string | undefined {
  const value = node.string;
  for (const prefix of reader.prefixes) {
    const key = prefix + name;
    const known = reader.vocabulary?.annotations.find(key);
    if (known === undefined || value === undefined || resource.annotation(key).exists) continue;
    if (!known.on.includes('Ingress') || !known.type.accepts(value)) continue;
    return key;
  }
  return undefined;
}
