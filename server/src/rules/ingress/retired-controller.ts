import { controllerKinds } from '../../kube/controllers/in-scope';
import { type Retired, retiredIn } from '../../kube/controllers/retired';
import { defineRule } from '../../lint/rule';
import { listed } from '../../text/words';

export default defineRule({
  id: 'ingress/retired-controller',
  title: 'An ingress controller is one that is still maintained',
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
    report(
      retired.at,
      'ingress-nginx is retired: it was maintained until March 2026, and gets no releases and no security fixes since. What runs goes on ' +
        `running; people move to Gateway API (ingress2gateway helps) or to another controller.${annotationsOf(retired)}`,
      { related: retired.others.map(at => ({ at, message: 'Here too.' })) },
    );
  },
});

function annotationsOf({ used, withoutGateway, withoutTraefik }: Retired): string {
  if (used.length === 0) return '';
  const [all, gateway, traefik] = [used, withoutGateway, withoutTraefik].map(names => names.length);
  const rest = (names: readonly string[]) =>
    names.length === 0 ? '' : ` (not ${listed(names.slice(0, 6))}${names.length > 6 ? ' and others' : ''})`;
  const count = (without: number | undefined) => (all ?? 0) - (without ?? 0);
  return (
    ` Of the ${all === 1 ? 'one annotation' : `${all} annotations`} in use here, Gateway API has something for ${count(gateway)}${rest(withoutGateway)}, ` +
    `and Traefik's compatible provider reads ${count(traefik)}${rest(withoutTraefik)}.`
  );
}
