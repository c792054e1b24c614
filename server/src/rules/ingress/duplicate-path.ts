import { type Controllers, controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { pathsOf } from '../../kube/services/backend';
import { annotationKeysOf, classNameOf } from '../../kube/services/ingress';
import type { Cluster } from '../../kube/view';
import { defineRule } from '../../lint/rule';
import { withoutEnd } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'ingress/duplicate-path',
  title: 'A host and path is served by one Ingress of a class',
  severity: 'warning',
  per: 'scope',
  kinds: controllerKinds,
  subjects: ['Ingress'],
  references: ['https://kubernetes.github.io/ingress-nginx/e2e-tests/#admission-admission-controller'],

  check(scope, report) {
    const controllers = controllersIn(scope);
    const first = new Map<string, Entry>();
    for (const entry of scope.of('Ingress').flatMap(ingress => entriesOf(ingress, scope, controllers))) {
      const earlier = first.get(entry.key);
      if (earlier === undefined) {
        first.set(entry.key, entry);
        continue;
      }
      if (areAlternatives(entry, earlier)) continue;
      const isNginx = controllers.of(entry.ingress)?.facts.id === 'ingress-nginx';
      const isOwn = entry.ingress === earlier.ingress;
      const where = isOwn ? 'twice in this Ingress' : `in Ingress ${nameOf(earlier)} too`;
      const outcome =
        isNginx && !isOwn
          ? 'the webhook of the retired ingress-nginx controller rejects the one that comes later'
          : 'only one of the two gets the requests';
      report(entry.node, `${shown(entry)} is ${where}, with the same class and path type: ${outcome}.`, {
        severity: isNginx && !isOwn ? 'error' : 'warning',
        related: [{ at: earlier.node, message: `${shown(earlier)} in Ingress ${nameOf(earlier)}` }],
      });
    }
  },
});

interface Entry {
  readonly key: string;
  readonly ingress: Resource;
  readonly namespace: string;
  readonly host: string;
  readonly path: string;
  readonly node: Node;
}

/** All host and path pairs of an Ingress with a name, unless annotations pick among the requests by more than these. */
function entriesOf(ingress: Resource, scope: Cluster<'Ingress'>, controllers: Controllers): Entry[] {
  if (ingress.name.isEmpty || annotationKeysOf(ingress).some(key => isPicky(ingress, key))) return [];
  const namespace = scope.namespaceOf(ingress).name;
  const frontend = frontendOf(ingress, namespace, controllers);
  return pathsOf(ingress).flatMap((item): Entry[] => {
    const path = item.at('path').string ?? '';
    const pathType = item.at('pathType').string ?? '';
    const host = item.parent?.parent?.parent?.at('host').string ?? '';
    if (isPlaceholder(`${host}${path}`)) return [];
    // As a prefix, /cart/ is /cart.
    const plain = pathType === 'Prefix' ? withoutEnd(path, '/') : path;
    const node = item.at('path').exists ? item.at('path') : item;
    const key = [frontend, host.toLowerCase(), pathType, plain].join('\n');
    return [{ key, ingress, namespace, host, path, node }];
  });
}

/** What listens: a controller for all Ingresses of its class, or a load balancer for each Ingress (or named group). */
function frontendOf(ingress: Resource, namespace: string, controllers: Controllers): string {
  const served = controllers.of(ingress)?.facts.id;
  const group = ingress.annotation('alb.ingress.kubernetes.io/group.name').string;
  if (served === 'alb' && group !== undefined) return `group ${group}`;
  if (served === 'alb' || served === 'gke') return `${namespace}/${ingress.name.text}`;
  return `class ${classNameOf(ingress) ?? ''}`;
}

/** Annotations by which controllers tell requests of one path apart: canaries, methods, headers, entry points. */
function isPicky(ingress: Resource, key: string): boolean {
  if (key.endsWith('/canary')) return ingress.annotation(key).text === 'true';
  return (
    key.startsWith('alb.ingress.kubernetes.io/conditions.') ||
    key.startsWith('konghq.com/headers.') ||
    /\/(?:router\.entrypoints|router\.priority|mergeable-ingress-type|methods|protocols|snis|route-acl)$/.test(key) ||
    /\/(?:http-match|http-header-match|http-acl|server-snippets?|listen-ports)/.test(key)
  );
}

/** The same object in several files is one object, in as many variants. */
function areAlternatives(a: Entry, b: Entry): boolean {
  return a.ingress !== b.ingress && a.namespace === b.namespace && a.ingress.name.text === b.ingress.name.text;
}

const nameOf = ({ ingress, namespace }: Entry) => `'${namespace}/${ingress.name.text ?? ''}'`;
const shown = ({ host, path }: Entry) =>
  host === '' ? `The path '${path || '/'}' of every host` : `'${host}${path || '/'}'`;
