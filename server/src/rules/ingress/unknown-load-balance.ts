import { balanceKinds, balancesIn, type WrittenBalance } from '../../kube/controllers/balances';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { runsWithoutPlus } from '../../kube/controllers/plus';
import { isPlaceholder } from '../../kube/placeholder';
import { remove, use } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { capital, listed } from '../../text/words';

export default defineRule({
  id: 'ingress/unknown-load-balance',
  title: 'A load-balancing method is one that the controller knows',
  severity: 'error',
  per: 'scope',
  kinds: [...controllerKinds, ...balanceKinds],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#load-balance',
    'https://github.com/kubernetes/ingress-nginx/blob/main/changelog/controller-1.12.0.md',
  ],

  check(scope, report) {
    const controllers = controllersIn(scope);
    for (const written of balancesIn(scope)) {
      const { node, range, value, facts, setting } = written;
      const lacksPlus = setting.needsPlus?.(value) === true && runsWithoutPlus(facts, controllers);
      if (setting.accepts(value) && !lacksPlus) continue;
      // Methods are words like LEAST_REQUEST, which would be a placeholder elsewhere.
      if (isPlaceholder(value.replace(/(?<=[A-Z])_(?=[A-Z])/g, ''))) continue;
      const note = setting.notes?.[value.trim()];
      const message =
        `${capital(facts.title)} has no load-balancing method '${value.trim()}': ${setting.consequence}. ` +
        (note
          ? `${capital(note)}.`
          : lacksPlus
            ? 'NGINX Plus has it, and what runs here is the open-source NGINX.'
            : `It knows ${listed(setting.values)}.`);
      report(range ? { in: node, range } : node, message, {
        severity: setting.onUnknown === 'rejected' ? 'error' : 'warning',
        fixes: fixesOf(written),
      });
    }
  },
});

/** The word that was meant, else the method nearest to least connections; then the controller's default. */
function fixesOf({ node, range, value, facts, setting }: WrittenBalance): Fix[] {
  const meant = nearest(value, setting.values) ?? setting.best;
  const proposals = [...new Set([meant, setting.best])].filter(proposal => proposal !== undefined);
  const fixes = proposals.map(proposal => use(range ? { in: node, range } : node, proposal));
  // A field of a custom resource may be one that its neighbours need.
  if (range || !setting.on.some(kind => kind === 'Ingress' || kind === 'ConfigMap')) return fixes;
  const title = `Remove '${setting.key}', which leaves '${facts.balance.default}'`;
  return [...fixes, remove(title, node)];
}
