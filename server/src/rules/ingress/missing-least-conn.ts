import { balanceKinds, balancesIn } from '../../kube/controllers/balances';
import { isBusyAt } from '../../kube/controllers/busy';
import { f5Nginx } from '../../kube/controllers/facts/f5-nginx';
import { ingressNginx } from '../../kube/controllers/facts/ingress-nginx';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { type KongGap, kongGapIn, kongKinds, upstreamPolicy } from '../../kube/controllers/kong-gap';
import { type Gap, gapKinds, gapsIn } from '../../kube/controllers/least-conn';
import { retiredIn } from '../../kube/controllers/retired';
import { Behind } from '../../kube/controllers/services-behind';
import type { Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { fix, set, use } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { grouped } from '../../text/maps';
import { capital } from '../../text/words';

const leastBusy = 'the pods that are least busy';

const everyTurn = (method: string) =>
  `With '${method}' every pod gets its turn, however busy it is: slow pods pile up requests while others idle.`;

const count = (places: number) => (places === 2 ? 'both' : `all ${places}`);

export default defineRule({
  id: 'ingress/missing-least-conn',
  title: 'Requests go to the pods that are least busy, not round robin',
  severity: 'info',
  per: 'scope',
  about: 'absence',
  kinds: [...controllerKinds, ...balanceKinds, ...gapKinds, ...kongKinds],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#load-balance',
    'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/',
  ],

  check(scope, report) {
    // Who reads that a controller is retired has better things to do than to tune it.
    const retired = retiredIn(scope) && ingressNginx;
    const behind = new Behind(scope);
    const { ambiguous, known } = controllersIn(scope);
    for (const { node, range, value, facts, setting, resource } of balancesIn(scope)) {
      const { best } = setting;
      if (best === undefined || facts === retired || !setting.roundRobin.includes(value.trim())) continue;
      if (facts.balance.isSettled?.(resource)) continue;
      const served = known.find(controller => controller.facts === facts)?.ingresses ?? [];
      const isOfAll = setting.on.includes('ConfigMap');
      if (isOfAll ? !served.some(ingress => behind.isBusy(ingress)) : !isBusyAt(resource, node, behind, scope))
        continue;
      const message = {
        what: `${capital(facts.title)} balances requests round robin`,
        why: everyTurn(value.trim()),
        how: `Use '${best}', which prefers ${setting.prefers ?? leastBusy}.`,
      };
      const at = range ? { in: node, range } : node;
      report(at, message, { alone: true, fixes: [use(at, best)] });
    }
    const gaps = grouped(gapsIn(scope), ({ facts }) => (facts === retired ? undefined : facts));
    const firsts = [...gaps.values()].flatMap(([first]) => first ?? []);
    for (const gap of firsts) reportGap(gap, report);
    reportKong(kongGapIn(scope), scope, report);
    const unclear = retired ? [] : ambiguous.filter(ingress => behind.isBusy(ingress));
    reportAmbiguous(unclear, report);
  },
});

/** Advice is given once for each controller, on the first object in which nothing is chosen; and taken there. */
function reportGap({ facts, setting, method, best, at, writes }: Gap, report: Report): void {
  const { key } = setting;
  const message = {
    what: `${capital(facts.title)} balances requests round robin`,
    why: everyTurn(method),
    how: `Set '${key}' to '${best}', which prefers ${setting.prefers ?? leastBusy}.`,
  };
  const everywhere = writes.length > 1 ? ` in ${count(writes.length)} places` : '';
  const choose = fix(`Choose '${best}' (${shortOf(key)})${everywhere}`, edits => {
    for (const { node, value } of writes) edits.set(node, value);
  });
  report(at, message, { fixes: [choose] });
}

/** Kong's method is in a policy of its own, which Services name in an annotation. */
function reportKong(gap: KongGap | undefined, scope: Cluster<never>, report: Report): void {
  if (gap === undefined) return;
  const { services } = gap;
  const message = {
    what: 'Kong balances requests round robin',
    why: everyTurn('round-robin'),
    how: `Add a KongUpstreamPolicy with 'least-connections', which prefers ${leastBusy}.`,
  };
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
  const everywhere = services.length > 1 ? ` for ${count(services.length)} Services` : ' for the Service';
  report(gap.at.name, message, {
    fixes: [fix(`Write a policy with 'least-connections'${everywhere}`, edit)],
    related: services.map(({ name }) => ({ at: name, message: 'No policy for this Service' })),
  });
}

const policyName = 'least-connections';

/** Class `nginx` and nothing more: the community's controller and F5's go by different keys. */
function reportAmbiguous(ingresses: readonly Resource[], report: Report): void {
  const message = {
    what: "Class 'nginx' does not tell how requests are balanced",
    why: "It may be the retired ingress-nginx controller, which balances by 'round_robin', or F5's, which has 'random two least_conn'.",
    how: "Choose 'ewma' for ingress-nginx or 'least_conn' for F5's.",
  };
  const [first, ...others] = ingresses;
  if (first === undefined) return;
  const choices = [
    { facts: ingressNginx, who: 'ingress-nginx' },
    { facts: f5Nginx, who: "F5's" },
  ];
  const fixes = choices.flatMap(({ facts, who }) => {
    const { key, best } = facts.balance.settings.find(({ on }) => on.includes('Ingress')) ?? {};
    return key && best ? [set(`Choose '${best}' if it is ${who} (${shortOf(key)})`, first.annotation(key), best)] : [];
  });
  const related = others.map(({ name }) => ({ at: name, message: 'No method here either' }));
  report(first.name, message, { severity: 'hint', fixes, related });
}

/** What stands behind the name of the controller, which the message has. */
function shortOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replace(/^.*\.(?=algorithm)/, '');
}
