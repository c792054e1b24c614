import { controllerKinds } from '../../kube/controllers/in-scope';
import { type Retired, retiredIn } from '../../kube/controllers/retired';
import { defineRule } from '../../lint/rule';
import { listedInShort } from '../../text/words';

export default defineRule({
  id: 'ingress/retired-controller',
  title: 'The ingress controller is still maintained',
  severity: 'info',
  per: 'scope',
  kinds: controllerKinds,
  references: [
    'https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/',
    'https://github.com/kubernetes-sigs/ingress2gateway',
    'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress-nginx/',
  ],

  check(scope, report) {
    const retired = retiredIn(scope);
    if (retired === undefined) return;
    const message = {
      what: 'The ingress-nginx controller is retired',
      why: `It has had no releases and no security fixes since March 2026, though it keeps running.${annotationsOf(retired)}`,
      how: 'Move to Gateway API (ingress2gateway helps) or to another controller.',
    };
    report(retired.at, message, { related: retired.others.map(at => ({ at, message: 'Used here too' })) });
  },
});

function annotationsOf({ used, withoutGateway, withoutTraefik }: Retired): string {
  if (used.length === 0) return '';
  const [all, gateway, traefik] = [used, withoutGateway, withoutTraefik].map(names => names.length);
  const rest = (names: readonly string[]) => (names.length === 0 ? '' : ` (not ${listedInShort(names)})`);
  const count = (without: number | undefined) => (all ?? 0) - (without ?? 0);
  return (
    ` Of the ${all === 1 ? 'one annotation' : `${all} annotations`} in use here, Gateway API has an equivalent for ${count(gateway)}${rest(withoutGateway)}, ` +
    `and Traefik's compatible provider reads ${count(traefik)}${rest(withoutTraefik)}.`
  );
}
