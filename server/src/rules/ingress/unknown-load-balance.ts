import { balanceKinds, balancesIn, type WrittenBalance } from '../../kube/controllers/balances';
import { controllers } from '../../kube/controllers/facts';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { runsWithoutPlus } from '../../kube/controllers/plus';
import { isPlaceholder } from '../../kube/placeholder';
import { remove, use } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { capital, listed } from '../../text/words';
import { excerpt } from './shared/keys';

export default defineRule({
  id: 'ingress/unknown-load-balance',
  title: 'Load-balance methods are known to the controller',
  severity: 'error',
  per: 'scope',
  kinds: [...controllerKinds, ...balanceKinds],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#load-balance',
    'https://github.com/kubernetes/ingress-nginx/blob/main/changelog/controller-1.12.0.md',
  ],

  check(scope, report) {
    const found = controllersIn(scope);
    for (const written of balancesIn(scope)) {
      const { node, range, value, facts, setting } = written;
      const lacksPlus = setting.needsPlus?.(value) === true && runsWithoutPlus(facts, found);
      if (setting.accepts(value) && !lacksPlus) continue;
      // LEAST_REQUEST is a method of another controller, and LB_METHOD is filled in later.
      if (isPlaceholder(value) && !isLikeMethod(value)) continue;
      const note = setting.notes?.[value.trim()];
      const wanted = [...new Set([nearest(value, setting.values), setting.best])].filter(word => word !== undefined);
      const reason = note ?? (lacksPlus ? 'runs without it here' : 'does not know it');
      const message = {
        what: lacksPlus ? `${excerpt(value)} needs NGINX Plus` : `Unknown load-balance method ${excerpt(value)}`,
        why: `${capital(facts.title)} ${reason}, and ${setting.consequence}.`,
        how: `Use ${listed(wanted.length > 0 ? wanted : setting.values, 'or')}.`,
      };
      report(range ? { in: node, range } : node, message, {
        severity: setting.onUnknown === 'rejected' ? 'error' : 'warning',
        fixes: fixesOf(written),
      });
    }
  },
});

const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

const methods = new Set(
  controllers.flatMap(({ balance }) => balance.settings.flatMap(({ values }) => values.map(lettersOf))),
);

/** Whether it is the name of a method somewhere, or a slip for one. */
function isLikeMethod(value: string): boolean {
  const letters = lettersOf(value);
  return methods.has(letters) || nearest(letters, methods) !== undefined;
}

/** The word that was meant, else the method nearest to least connections; then the controller's default. */
function fixesOf({ node, range, value, facts, setting }: WrittenBalance): Fix[] {
  const meant = nearest(value, setting.values) ?? setting.best;
  const proposals = [...new Set([meant, setting.best])].filter(proposal => proposal !== undefined);
  const fixes = proposals.map(proposal => use(range ? { in: node, range } : node, proposal));
  // A field of a custom resource may be one that its neighbours need.
  if (range || !setting.on.some(kind => kind === 'Ingress' || kind === 'ConfigMap')) return fixes;
  const title = `Remove it, which leaves '${facts.balance.default}'`;
  return [...fixes, remove(title, node)];
}
