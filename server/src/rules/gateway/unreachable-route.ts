import { nearestHost } from '../../kube/dns-name';
import { nameOf } from '../../kube/resource';
import type { Listener } from '../../kube/services/gateway';
import { routeKinds } from '../../kube/services/gateway';
import { hostnamesOf, type Visitor } from '../../kube/services/gateway-attach';
import { choose, fix } from '../../lint/fixes';
import { defineRule, type Fix, type Related, type Report } from '../../lint/rule';
import { type Attempt, attachKinds, attemptsIn } from '../../network/references/attempts';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'gateway/unreachable-route',
  title: 'A listener takes the kind, the namespace and the hosts of a route',
  severity: 'error',
  per: 'scope',
  kinds: attachKinds,
  subjects: routeKinds,
  about: 'absence',
  references: [
    'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
    'https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes',
  ],

  check(cluster, report) {
    for (const { visitor, attempts, lostHosts } of attemptsIn(cluster)) {
      for (const attempt of attempts) {
        const { refusal } = attempt.attachment;
        if (refusal === 'kind') refuseKind(attempt, visitor, report);
        if (refusal === 'namespace') refuseNamespace(attempt, visitor, report);
        if (refusal === 'hostname') {
          const shown = gatewayOf(attempt);
          for (const node of hostnamesOf(visitor.route)) refuseHost(node, shown, attempt.attachment.listeners, report);
        }
      }
      const listeners = attempts.flatMap(({ attachment }) => attachment.listeners);
      for (const node of lostHosts)
        refuseHost(node, 'its Gateways', listeners, (at, message, more) =>
          report(at, message, { ...more, severity: 'warning' }),
        );
    }
  },
});

const gatewayOf = ({ parent, gateway }: Attempt) => `${parent.kind} '${nameOf(gateway)}'`;

function refuseKind(attempt: Attempt, { route }: Visitor, report: Report): void {
  const { listeners } = attempt.attachment;
  const protocols = [...new Set(listeners.map(({ protocol }) => protocol))].join(', ');
  const isListed = listeners.some(({ node }) => !node.at('allowedRoutes', 'kinds').isEmpty);
  report(
    attempt.parent.name,
    `No listener of ${gatewayOf(attempt)} that this route asks for takes ${route.kindName}s: they are for ${protocols}${isListed ? ' and list the kinds they take' : ''}. The route gets no requests from there.`,
    { related: relatedTo(listeners) },
  );
}

function refuseNamespace(attempt: Attempt, { namespace = '' }: Visitor, report: Report): void {
  const { parent, home, attachment } = attempt;
  const [only, ...others] = attachment.listeners;
  report(
    parent.name,
    `No listener of ${gatewayOf(attempt)} takes routes of namespace '${namespace}': it is in namespace '${home}', and 'allowedRoutes' lets in ${letsIn(attachment.listeners)}. The route gets no requests from there.`,
    {
      related: relatedTo(attachment.listeners),
      fixes: only && others.length === 0 ? [allow(only, namespace, home)] : [],
    },
  );
}

function refuseHost(node: Node, shown: string, listeners: readonly Listener[], report: Report): void {
  const hosts = [...new Set(listeners.map(({ hostname }) => hostname))];
  const near = nearestHost(node.string ?? '', hosts);
  const listed = hosts
    .slice(0, 8)
    .map(host => `'${host}'`)
    .join(', ');
  report(
    node,
    `The host '${node.string ?? ''}' fits no listener of ${shown} that this route asks for, which are for ${listed}: it gets no requests from there.`,
    { related: relatedTo(listeners), fixes: choose(node, near) },
  );
}

function relatedTo(listeners: readonly Listener[]): Related[] {
  return listeners.slice(0, 4).map(({ node, name }) => ({ at: node.at('name'), message: `Listener '${name ?? ''}'` }));
}

function letsIn(listeners: readonly Listener[]): string {
  const froms = new Set(listeners.map(({ node }) => node.at('allowedRoutes', 'namespaces', 'from').string ?? 'Same'));
  if (froms.has('Selector')) return 'those that a selector matches';
  return froms.has('Same') ? 'its own only' : 'none';
}

/** Lets one more namespace in besides those that are let in now. */
function allow({ node }: Listener, namespace: string, home: string): Fix {
  const namespaces = node.at('allowedRoutes', 'namespaces');
  const from = namespaces.at('from').string ?? 'Same';
  if (from === 'Selector') {
    const edit: Fix['edit'] = edits => edits.set(namespaces, { from: 'All' });
    return fix('Let routes of all namespaces in', edit);
  }
  const values = from === 'Same' ? [home, namespace] : [namespace];
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }];
  const title = `Let routes of ${values.map(name => `'${name}'`).join(' and ')} in`;
  const edit: Fix['edit'] = edits => edits.set(namespaces, { from: 'Selector', selector: { matchExpressions } });
  return fix(title, edit);
}
