import { type Controllers, controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { pathsOf } from '../../kube/services/backend';
import { annotationKeysOf, classNameOf } from '../../kube/services/ingress';
import type { Cluster } from '../../kube/view';
import { remove } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { withoutEnd } from '../../text/words';
import type { Node } from '../../yaml/node';
import { excerpt } from './shared/keys';

export default defineRule({
  id: 'ingress/duplicate-path',
  title: 'A host and path belongs to one Ingress of a class',
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
      const where = isOwn ? 'This Ingress has it twice' : `Ingress ${nameOf(earlier)} has it too`;
      const outcome =
        isNginx && !isOwn
          ? 'the webhook of the retired ingress-nginx controller rejects the later one'
          : 'only one of the two gets the requests';
      const message = {
        what: `Duplicate path ${shown(entry)}`,
        why: `${where}, with the same class and pathType: ${outcome}.`,
        how: 'Remove one of the two, or change its host or path.',
      };
      report(entry.node, message, {
        severity: isNginx && !isOwn ? 'error' : 'warning',
        related: [{ at: earlier.node, message: `First in Ingress ${nameOf(earlier)}` }],
        fixes: withoutLater(entry, earlier, isNginx),
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
  /** The item of `paths`. */
  readonly item: Node;
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
    return [{ key, ingress, namespace, host, path, node, item }];
  });
}

/**
 * Takes the later one out where nothing goes by it: it says the same in every word, or ingress-nginx has its location
 * already. Of two Ingresses with different annotations, or backends, it is not known which one is heard.
 *
 * @source kubernetes/ingress-nginx:internal/ingress/controller/controller.go (getBackendServers, 019cd07)
 */
function withoutLater(later: Entry, earlier: Entry, isNginx: boolean): readonly Fix[] {
  const paths = later.item.parent?.items() ?? [];
  const rule = later.item.parent?.parent?.parent;
  const rules = rule?.parent?.items() ?? [];
  // A rule without paths would send its whole host to the default backend.
  const out = paths.length > 1 ? later.item : rules.length > 1 ? rule : undefined;
  if (out === undefined || later.path !== earlier.path) return [];
  const isSame = areSame(later.item.at('backend'), earlier.item.at('backend'));
  if (isSame && areTwins(later, earlier)) return [remove('Remove this path: the other has the same backend', out)];
  // What has no Service it passes over, and a location of another path type may come between.
  const isHeard = isNginx && later.ingress === earlier.ingress && later.item.at('pathType').string === 'Prefix';
  if (!isHeard || earlier.item.at('backend', 'service').isEmpty) return [];
  return [remove('Remove this path: the earlier one is served', out)];
}

/** Whether all that is said of their paths besides is the same. */
function areTwins({ ingress: a, namespace }: Entry, { ingress: b, namespace: other }: Entry): boolean {
  const around = [
    ['metadata', 'annotations'],
    ['spec', 'tls'],
  ];
  return namespace === other && around.every(path => areSame(a.at(...path), b.at(...path)));
}

const areSame = (a: Node, b: Node) => JSON.stringify(a.value) === JSON.stringify(b.value);

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

/**
 * The same object in several files is one object, in as many variants. What overlays make of one text with a namespace
 * each may be for as many clusters.
 */
function areAlternatives(a: Entry, b: Entry): boolean {
  if (a.ingress === b.ingress) return false;
  return a.item.written === b.item.written || nameOf(a) === nameOf(b);
}

const nameOf = ({ ingress, namespace }: Entry) => `'${namespace}/${ingress.name.text ?? ''}'`;
const shown = ({ host, path }: Entry) =>
  host === '' ? `${excerpt(path || '/')} for every host` : excerpt(`${host}${path || '/'}`);
