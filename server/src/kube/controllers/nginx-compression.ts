import { isTrue } from '../annotation';
import { isGrpc } from '../services/ingress';
import type { Cluster } from '../view';
import type { Settings } from './configured';
import { ingressNginx } from './facts/ingress-nginx';
import { type Controller, type ControllerKind, controllersIn } from './in-scope';
import { openSettings } from './least-conn';
import { versionAtLeast } from './running';

/** ingress-nginx compresses only what its ConfigMap says (default off since 0.40): the settings that don't. */
export function nginxWithoutCompression(view: Cluster<ControllerKind>): readonly Settings[] {
  const controller = controllersIn(view).known.find(({ facts }) => facts === ingressNginx);
  if (controller === undefined || servesOnlyGrpc(controller)) return [];
  return versionAtLeast(controller.version, '0.40') === false ? [] : openSettings(controller, compresses);
}

function servesOnlyGrpc({ ingresses }: Controller): boolean {
  return ingresses.length > 0 && ingresses.every(isGrpc);
}

/**
 * Brotli will do for whatever a browser asks for; snippets can switch gzip on too.
 *
 * @source kubernetes/ingress-nginx:docs/user-guide/nginx-configuration/configmap.md (1.15.1 at dbb11b9)
 */
function compresses({ data }: Settings): boolean {
  const isOn = (key: string) => isTrue(data.at(key));
  const snippets = ['http-snippet', 'server-snippet', 'location-snippet', 'main-snippet'];
  return (
    isOn('use-gzip') ||
    isOn('enable-brotli') ||
    snippets.some(key => /^[ \t]*(?:gzip|brotli|zstd)[ \t]+on[ \t]*;/m.test(data.at(key).string ?? ''))
  );
}
