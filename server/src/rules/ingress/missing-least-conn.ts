import { balanceKinds, balancesIn } from '../../kube/controllers/balances';
import { f5Nginx } from '../../kube/controllers/facts/f5-nginx';
import { ingressNginx } from '../../kube/controllers/facts/ingress-nginx';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { type KongGap, kongGapIn, kongKinds, upstreamPolicy } from '../../kube/controllers/kong-gap';
import { type Gap, gapKinds, gapsIn } from '../../kube/controllers/least-conn';
import type { Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { fix, use } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { capital } from '../../text/words';

const leastBusy = 'the pods that are least busy';
const count = (places: number) => (places === 2 ? 'both' : `all ${places}`);

export default defineRule({
  id: 'ingress/missing-least-conn',
  title: 'A controller sends requests to the pods that are least busy',
  severity: 'info',
  per: 'scope',
  about: 'absence',
  kinds: [...controllerKinds, ...balanceKinds, ...gapKinds, ...kongKinds],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#load-balance',
    'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/',
  ],

  check(scope, report) {
    for (const { node, range, value, facts, setting, resource } of balancesIn(scope)) {
      const { best } = setting;
      if (best === undefined || !setting.roundRobin.includes(value.trim())) continue;
      if (facts.balance.isSettled?.(resource)) continue;
      const message =
        `'${value.trim()}' gives every pod its turn, however busy it is: slow pods pile up requests while others idle. ` +
        `${capital(facts.title)} has '${best}', which prefers ${setting.prefers ?? leastBusy}.`;
      const at = range ? { in: node, range } : node;
      report(at, message, {
        alone: true,
        fixes: [use(at, best)],
      });
    }
    for (const gap of gapsIn(scope)) reportGap(gap, report);
    reportKong(kongGapIn(scope), scope, report);
    reportAmbiguous(controllersIn(scope).ambiguous, report);
  },
});

function reportGap({ facts, setting, method, best, at, others, writes }: Gap, report: Report): void {
  const { key } = setting;
  const everywhere = writes.length > 1 ? ` in ${count(writes.length)} places` : '';
  const message =
    `${capital(facts.title)} balances by '${method}' as long as no '${key}' says otherwise: every pod gets its ` +
    `turn, however busy it is. '${best}' prefers ${setting.prefers ?? leastBusy}.`;
  const choose = fix(`Set ${key} to '${best}'${everywhere}`, edits => {
    for (const { node, value } of writes) edits.set(node, value);
  });
  report(at, message, {
    fixes: writes.length > 0 ? [choose] : [],
    related: others.map(node => ({ at: node, message: 'Nothing is chosen here either.' })),
  });
}

/** Kong's method is in a policy of its own, which Services name in an annotation. */
function reportKong(gap: KongGap | undefined, scope: Cluster<never>, report: Report): void {
  if (gap === undefined) return;
  const { services } = gap;
  const message =
    "Kong balances by 'round-robin' as long as no KongUpstreamPolicy says otherwise: every pod gets its turn, however busy it is. " +
    `'least-connections' prefers ${leastBusy}.`;
  const edit: Fix['edit'] = edits => {
    const made = new Set<string>();
    for (const service of services) {
      edits.set(service.annotation(upstreamPolicy), policyName);
      const namespace = scope.namespaceOf(service).name;
      if (made.has(namespace)) continue;
      made.add(namespace);
      const written = service.writtenNamespace;
      const metadata = written ? { name: policyName, namespace: written } : { name: policyName };
      edits.append(service.node, {
        apiVersion: 'configuration.konghq.com/v1beta1',
        kind: 'KongUpstreamPolicy',
        metadata,
        spec: { algorithm: 'least-connections' },
      });
    }
  };
  const everywhere =
    services.length > 1 ? `, and name it on ${count(services.length)} Services` : ', and name it on the Service';
  report(gap.at.name, message, {
    fixes: [fix(`Write a KongUpstreamPolicy with 'least-connections'${everywhere}`, edit)],
    related: services.map(({ name }) => ({ at: name, message: 'Nothing is chosen here either.' })),
  });
}

const policyName = 'least-connections';

/** Class `nginx` and nothing more: the community's controller and F5's go by different keys. */
function reportAmbiguous(ingresses: readonly Resource[], report: Report): void {
  const [first, ...rest] = ingresses;
  if (first === undefined) return;
  const everywhere = rest.length > 0 ? ` on ${count(ingresses.length)} Ingresses` : '';
  const annotate = (title: string, key: string, value: string): Fix =>
    fix(`${title}: set ${key} to '${value}'${everywhere}`, edits => {
      for (const ingress of ingresses) edits.set(ingress.annotation(key), value);
    });
  const message =
    "Class 'nginx' may be the retired ingress-nginx controller of the community or F5's, and nothing here tells which. " +
    "The first balances by 'round_robin' unless told otherwise, and has 'ewma'; F5's by 'random two least_conn', and has 'least_conn'.";
  report(first.name, message, {
    severity: 'hint',
    fixes: [ingressNginx, f5Nginx].flatMap(({ title, balance }) => {
      const setting = balance.settings.find(({ on }) => on.includes('Ingress'));
      return setting?.best ? [annotate(`If it is ${title}`, setting.key, setting.best)] : [];
    }),
    related: rest.map(ingress => ({ at: ingress.name, message: 'Nothing is chosen here either.' })),
  });
}
