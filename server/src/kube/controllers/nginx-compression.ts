import { isTrue } from '../annotation';
import { isGrpc } from '../services/ingress';
import type { Cluster } from '../view';
import type { Settings } from './configured';
import { ingressNginx } from './facts/ingress-nginx';
import { type ControllerKind, controllersIn } from './in-scope';
import { openSettings } from './least-conn';
import { retiredIn } from './retired';
import { versionAtLeast } from './running';
import { Behind, type behindKinds } from './services-behind';

/**
 * ingress-nginx compresses only what its ConfigMap says (default off since 0.40): the settings that don't. They hold for
 * all that it serves, so that one login is enough to leave them alone.
 */
export function nginxWithoutCompression(
  view: Cluster<ControllerKind | (typeof behindKinds)[number]>,
): readonly Settings[] {
  const controller = controllersIn(view).known.find(({ facts }) => facts === ingressNginx);
  if (controller === undefined || retiredIn(view) !== undefined) return [];
  const behind = new Behind(view);
  const { ingresses, version } = controller;
  const isBusy = ingresses.some(ingress => !isGrpc(ingress) && behind.isBusy(ingress));
  if (!isBusy || ingresses.some(ingress => behind.asksForSecrets(ingress, behind.servicesOf(ingress)))) return [];
  return versionAtLeast(version, '0.40') === false ? [] : openSettings(controller, compresses);
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
