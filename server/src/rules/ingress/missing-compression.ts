import type { Settings } from '../../kube/controllers/configured';
import { type ControllerKind, controllerKinds } from '../../kube/controllers/in-scope';
import {
  type MiddlewareKind,
  middlewareKinds,
  routerMiddlewares,
  type TraefikGap,
  traefikWithoutCompression,
} from '../../kube/controllers/middlewares';
import { nginxWithoutCompression } from '../../kube/controllers/nginx-compression';
import type { Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import { counted } from '../../text/words';
import type { Edits } from '../../yaml/edit';

export default defineRule({
  id: 'ingress/missing-compression',
  title: 'The ingress controller compresses text responses',
  severity: 'info',
  per: 'scope',
  about: 'absence',
  kinds: [...controllerKinds, ...middlewareKinds],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#use-gzip',
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/compress/',
    'https://nginx.org/en/docs/http/ngx_http_gzip_module.html',
    'https://github.com/kubernetes/ingress-nginx/blob/main/Changelog.md',
  ],

  check(scope, report) {
    reportNginx(nginxWithoutCompression(scope), report);
    const traefik = traefikWithoutCompression(scope);
    if (traefik) reportTraefik(traefik, scope, report);
  },
});

const settings = { 'use-gzip': 'true', 'gzip-level': '5', 'gzip-min-length': '1024' };

function reportNginx(open: readonly Settings[], report: Report): void {
  const [first, ...rest] = open;
  if (first === undefined) return;
  const node = first.data.at('use-gzip');
  const message = {
    what: `Gzip is off in '${first.resource.name.text ?? ''}'`,
    why: 'The retired ingress-nginx controller then sends HTML, JSON and scripts at full size (off by default since 0.40).',
    how: "Set use-gzip to 'true', unless pages show secrets next to what a visitor sends (BREACH).",
  };
  report(node.exists ? node : first.resource.name, message, {
    fixes: [
      fix(rest.length > 0 ? `Switch on gzip in all ConfigMaps` : 'Switch on gzip', edits => {
        for (const { data } of open) {
          for (const [key, value] of Object.entries(settings)) {
            const setting = data.at(key);
            if (key === 'use-gzip' || !setting.exists) edits.set(setting, value);
          }
        }
      }),
    ],
    related: rest.map(({ resource }) => ({ at: resource.name, message: 'Gzip is off here too' })),
  });
}

function reportTraefik(gap: TraefikGap, view: View, report: Report): void {
  const { unused, ingressClasses, ingresses, routes } = gap;
  const owners = new Set([...ingresses, ...routes.map(({ resource }) => resource)]);
  const [first, ...rest] = [...(unused ? [unused] : []), ...ingressClasses, ...owners];
  if (first === undefined) return;
  const routers = counted(ingresses.length + routes.length, 'router');
  const message = {
    what: unused
      ? `No router uses the compress middleware '${unused.name.string}'`
      : 'No Traefik router uses a compress middleware',
    why: 'Traefik sends HTML, JSON and scripts at full size, and visitors on slow lines wait for them.',
    how: 'Add it to routers whose pages show no secrets next to what a visitor sends (BREACH).',
  };
  report(first.name, message, {
    fixes: [
      fix(unused ? `Use '${unused.name.string}' in ${routers}` : `Add a compress middleware to ${routers}`, edits =>
        refer(gap, view, edits),
      ),
    ],
    related: rest.map(({ name }) => ({ at: name, message: 'Not compressed' })),
  });
}

type View = Cluster<ControllerKind | MiddlewareKind>;

/** Puts the middleware on the routers, after those they have. One for each namespace is written where there is none. */
function refer({ unused, ingresses, routes }: TraefikGap, view: View, edits: Edits): void {
  const made = new Set<string>();
  const middlewareFor = (resource: Resource) => {
    const home = view.namespaceOf(resource).name;
    if (unused) return { name: unused.name.string ?? '', namespace: view.namespaceOf(unused).name };
    const taken = view.of('Middleware.traefik.io').some(({ name }) => name.string === 'compress');
    const name = taken ? 'compress-responses' : 'compress';
    if (!made.has(home)) {
      made.add(home);
      const namespace = resource.writtenNamespace;
      const metadata = namespace ? { name, namespace } : { name };
      edits.append(resource.node, {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'Middleware',
        metadata,
        spec: { compress: { encodings: ['gzip', 'br'] } },
      });
    }
    return { name, namespace: home };
  };
  for (const ingress of ingresses) {
    const { name, namespace } = middlewareFor(ingress);
    const node = ingress.annotation(routerMiddlewares);
    const own = node.string?.trim();
    const reference = `${namespace}-${name}@kubernetescrd`;
    edits.set(node, own ? `${own},${reference}` : reference);
  }
  for (const { resource, route } of routes) {
    const { name, namespace } = middlewareFor(resource);
    const isHere = namespace === view.namespaceOf(resource).name;
    edits.set(route.at('middlewares', route.at('middlewares').items().length), isHere ? { name } : { name, namespace });
  }
}
