import type { Node } from '../yaml/node';
import { type Controller, type ControllerView, controllersIn } from './controller-scope';
import { ingressNginx } from './controllers/ingress-nginx';
import { isGrpc } from './ingress';
import type { Resource } from './resource';

/** ingress-nginx compresses only what its ConfigMap says (default off since 0.40); undefined without one in the scope. */
export function nginxWithoutCompression(view: ControllerView): readonly Resource<'ConfigMap'>[] {
  const controller = controllersIn(view).known.find(({ facts }) => facts === ingressNginx);
  if (controller === undefined || servesOnlyGrpc(controller)) return [];
  const { configMaps } = controller;
  const compressing = new Set(configMaps.filter(compresses).map(({ name }) => name.string));
  return configMaps.filter(({ name }) => !compressing.has(name.string));
}

/** The value that switches gzip off, else the place where it is missing. */
export function gzipNodeOf(configMap: Resource): Node {
  return configMap.at('data', 'use-gzip');
}

function servesOnlyGrpc({ ingresses }: Controller): boolean {
  return ingresses.length > 0 && ingresses.every(isGrpc);
}

/** Brotli will do for whatever a browser asks for; snippets can switch gzip on too. */
function compresses(configMap: Resource): boolean {
  const data = configMap.at('data');
  const isOn = (key: string) => data.at(key).text?.trim().toLowerCase() === 'true';
  const snippets = ['http-snippet', 'server-snippet', 'location-snippet', 'main-snippet'];
  return (
    isOn('use-gzip') ||
    isOn('enable-brotli') ||
    snippets.some(key => /^[ \t]*(?:gzip|brotli|zstd)[ \t]+on[ \t]*;/m.test(data.at(key).string ?? ''))
  );
}
