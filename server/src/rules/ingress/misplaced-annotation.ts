import {
  type AnnotationUse,
  annotationKinds,
  isSettingOnly,
  readAnnotationsIn,
} from '../../kube/controllers/annotation-uses';
import { type Controllers, controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import type { Kind } from '../../kube/kinds';
import { fix, remove } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { capital } from '../../text/words';
import { keyOf } from './shared/keys';

export default defineRule({
  id: 'ingress/misplaced-annotation',
  title: 'A setting is where the controller reads it: Ingress, Service or ConfigMap',
  severity: 'warning',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  subjects: ['Ingress', 'Service'],
  references: ['https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/'],

  check(scope, report) {
    const controllers = controllersIn(scope);
    for (const use of readAnnotationsIn(scope)) {
      const { resource, node, key, name, facts, known } = use;
      const on: readonly Kind[] | undefined = known ? known.on : isSettingOnly(use) ? ['ConfigMap'] : undefined;
      if (on === undefined || on.includes(resource.kind)) continue;
      const places = on.map(kind =>
        kind === 'ConfigMap' ? 'its ConfigMap' : kind === 'Ingress' ? 'an Ingress' : 'a Service',
      );
      const isGlobal = on.includes('ConfigMap') && on.length === 1;
      const message = {
        what: `'${key}' has no effect here`,
        why: `${capital(facts.title)} reads '${name}' from ${places.join(' or ')} only${isGlobal ? ', for everything that it serves' : ''}.`,
        how: 'Move it there, or remove it.',
      };
      report(keyOf(node, resource), message, {
        fixes: [...moveFix(use, on, controllers), remove('Remove the annotation', node)],
      });
    }
  },
});

/** Into the one ConfigMap of the controller that is here, unless it has an opinion already. */
function moveFix({ node, name, facts }: AnnotationUse, on: readonly Kind[], controllers: Controllers): Fix[] {
  const settings = controllers.known.find(controller => controller.facts === facts)?.settings ?? [];
  const [own] = settings;
  const value = node.string;
  if (!on.includes('ConfigMap') || own === undefined || settings.length > 1 || value === undefined) return [];
  const target = own.data.at(name);
  if (target.exists) return [];
  return [
    fix(`Move it to '${own.resource.name.string}', for everything`, edits => edits.set(target, value).remove(node)),
  ];
}
