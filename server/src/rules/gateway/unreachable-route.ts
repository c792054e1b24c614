import { nearestHost } from '../../kube/dns-name';
import { holds, type Labels, selectorOf } from '../../kube/labels';
import { nameOf, type Resource, titleOf } from '../../kube/resource';
import type { Listener } from '../../kube/services/gateway';
import { routeKinds } from '../../kube/services/gateway';
import { hostnamesOf, type Visitor } from '../../kube/services/gateway-attach';
import { choose, fix, set } from '../../lint/fixes';
import { defineRule, type Fix, type Related, type Report } from '../../lint/rule';
import { type Attempt, attachKinds, attemptsIn } from '../../network/references/attempts';
import { isAdrift } from '../../network/references/directory';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'gateway/unreachable-route',
  title: 'Routes fit a listener of their Gateway: kind, namespace and host',
  severity: 'error',
  per: 'scope',
  kinds: attachKinds,
  subjects: routeKinds,
  about: 'absence',
  references: [
    'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
    'https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes',
  ],

  check(cluster, reportAll) {
    const routes = cluster.of(...routeKinds);
    for (const { visitor, attempts, lostHosts } of attemptsIn(cluster)) {
      const home = cluster.namespaceOf(visitor.route);
      // One of several routes that nobody places may be of another example, with a Gateway of its own.
      const isPlain = !isAdrift(visitor.route, home) || routes.length === 1;
      const report: Report = isPlain
        ? reportAll
        : (at, message, more) => reportAll(at, message, { ...more, severity: 'warning' });
      for (const attempt of attempts) {
        const { refusal } = attempt.attachment;
        if (refusal === 'kind') refuseKind(attempt, visitor, report);
        if (refusal === 'namespace') {
          const [manifest] = home.of('Namespace');
          refuseNamespace(attempt, visitor, manifest, report);
        }
        if (refusal === 'hostname') {
          const shown = gatewayOf(attempt);
          for (const node of hostnamesOf(visitor.route))
            refuseHost(node, shown, attempt.attachment.listeners, visitor, report);
        }
      }
      const listeners = attempts.flatMap(({ attachment }) => attachment.listeners);
      for (const node of lostHosts)
        refuseHost(node, 'its Gateways', listeners, visitor, (at, message, more) =>
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
    {
      what: `No listener of ${gatewayOf(attempt)} accepts ${route.kindName}s`,
      why: `The listeners that ${titleOf(route)} asks for are for ${protocols}${isListed ? " and list other kinds in 'allowedRoutes.kinds'" : ''}. It gets no requests through them.`,
      how: `Attach the route to a listener that accepts ${route.kindName}s${isListed ? ', or list the kind' : ''}.`,
    },
    { related: relatedTo(listeners) },
  );
}

function refuseNamespace(
  attempt: Attempt,
  { route, namespace = '', labels }: Visitor,
  manifest: Resource | undefined,
  report: Report,
): void {
  const { parent, home, attachment } = attempt;
  const [only, ...others] = attachment.listeners;
  const labelled = manifest && labels ? labelFix(attachment.listeners, manifest, labels) : [];
  report(
    parent.name,
    {
      what: `${gatewayOf(attempt)} accepts no routes from namespace '${namespace}'`,
      why: `'allowedRoutes' of its listeners lets in ${letsIn(attachment.listeners, home)}. ${titleOf(route)} gets no requests through it.`,
      how: howToLetIn(attachment.listeners, namespace),
    },
    {
      related: relatedTo(attachment.listeners),
      fixes: [...labelled, ...(only && others.length === 0 ? allow(only, namespace, home) : [])],
    },
  );
}

function refuseHost(
  node: Node,
  shown: string,
  listeners: readonly Listener[],
  { route }: Visitor,
  report: Report,
): void {
  const hosts = [...new Set(listeners.map(({ hostname }) => hostname))];
  const near = nearestHost(node.string ?? '', hosts);
  const listed = hosts
    .slice(0, 8)
    .map(host => `'${host}'`)
    .join(', ');
  report(
    node,
    {
      what: `Host '${node.string ?? ''}' matches no listener of ${shown}`,
      why: `The listeners that ${titleOf(route)} asks for are for ${listed}. It gets no requests for this host.`,
      how:
        near === undefined
          ? 'Use a host of a listener, or add a listener for this host.'
          : `Use '${near}', or add a listener for this host.`,
    },
    { related: relatedTo(listeners), fixes: choose(node, near) },
  );
}

function relatedTo(listeners: readonly Listener[]): Related[] {
  return listeners.slice(0, 4).map(({ node, name }) => ({ at: node.at('name'), message: `Listener '${name ?? ''}'` }));
}

const fromOf = ({ node }: Listener) => node.at('allowedRoutes', 'namespaces', 'from').string ?? 'Same';

function letsIn(listeners: readonly Listener[], home: string): string {
  const froms = new Set(listeners.map(fromOf));
  if (froms.has('Selector')) return 'only namespaces that its selector matches';
  return froms.has('Same') ? `only its own namespace '${home}'` : 'no namespace';
}

function howToLetIn(listeners: readonly Listener[], namespace: string): string {
  return listeners.some(listener => fromOf(listener) === 'Selector')
    ? `Give namespace '${namespace}' the labels of the selector, or change the selector.`
    : `Allow namespace '${namespace}' in 'allowedRoutes.namespaces' of a listener.`;
}

/** The label that a namespace lacks to be let in, where it is a single one. One that says something else was meant. */
function labelFix(listeners: readonly Listener[], manifest: Resource, labels: Labels): Fix[] {
  for (const { node } of listeners) {
    const namespaces = node.at('allowedRoutes', 'namespaces');
    if (namespaces.at('from').string !== 'Selector') continue;
    const unmet = selectorOf(namespaces.at('selector')).requirements.filter(one => !holds(one, labels));
    const [lacking, ...others] = unmet;
    if (lacking === undefined || others.length > 0 || lacking.operator !== 'In' || labels.has(lacking.key)) continue;
    const [value, ...choices] = lacking.values;
    if (value === undefined || choices.length > 0) continue;
    const label = manifest.at('metadata', 'labels', lacking.key);
    return [set(`Give namespace '${nameOf(manifest)}' the label ${lacking.key}=${value}`, label, value)];
  }
  return [];
}

/** Lets one more namespace in besides those that are let in now. A selector says who is meant: it is not widened. */
function allow(listener: Listener, namespace: string, home: string): Fix[] {
  const namespaces = listener.node.at('allowedRoutes', 'namespaces');
  const from = fromOf(listener);
  if (from === 'Selector') return [];
  const values = from === 'Same' ? [home, namespace] : [namespace];
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }];
  const title = `Let routes of ${values.map(name => `'${name}'`).join(' and ')} in`;
  const edit: Fix['edit'] = edits => edits.set(namespaces, { from: 'Selector', selector: { matchExpressions } });
  return [fix(title, edit)];
}
