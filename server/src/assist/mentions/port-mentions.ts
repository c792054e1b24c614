import { equalitySelectorOf, selectorOf } from '../../kube/labels';
import { destinationsOf, meshHostOf } from '../../kube/pods/mesh';
import { containersOf, isWorkload } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { ingressBackendsOf } from '../../kube/services/backend';
import { controlledBackendsOf } from '../../kube/services/controlled-backends';
import { backendRefsOf, isService, listenersOf, routeKinds, targetRefsOf } from '../../kube/services/gateway';
import { endpointsOf, isPodMonitor, monitorKinds } from '../../kube/services/monitor';
import type { Node } from '../../yaml/node';
import { monitoredIn, withinOf } from './label-mentions';
import {
  type Mention,
  meaningOf,
  meaningOfResource,
  ownNamespace,
  type PortOwner,
  type Selection,
  valueAt,
} from './mention';

/** Ports that an object has, and those of others that it names, by name or by number. */
export function portMentionsOf(resource: Resource): Mention[] {
  if (resource.is('Service')) return ofService(resource);
  if (isWorkload(resource)) return containersOf(resource).flatMap(ofContainer);
  if (resource.is('NetworkPolicy')) return ofPolicy(resource);
  if (resource.is('Ingress')) {
    return ingressBackendsOf(resource).flatMap(({ service, port }) => toService(port, service.text, undefined));
  }
  if (resource.is(...routeKinds)) {
    return backendRefsOf(resource)
      .filter(isService)
      .flatMap(({ port, name, namespace }) => toService(port, name.text, namespace));
  }
  if (resource.is(...monitorKinds)) return ofMonitor(resource);
  if (resource.is('Gateway')) return ofGateway(resource);
  if (resource.is('BackendTLSPolicy')) {
    return targetRefsOf(resource).flatMap(({ node, name }) => toService(node.at('sectionName'), name.text, undefined));
  }
  if (resource.is('VirtualService.networking.istio.io')) return ofVirtualService(resource);
  return controlledBackendsOf(resource).flatMap(({ node, name, namespace }) =>
    toService(node.at('port'), name.text, namespace),
  );
}

function portMention(node: Node, of: PortOwner, isOwn?: true): Mention[] {
  const port = node.string ?? node.number;
  if (port === undefined || port === '') return [];
  return [{ at: valueAt(node), means: { about: 'port', port, of }, sort: 'ports', ...(isOwn ? { isOwn } : {}) }];
}

function toService(port: Node | undefined, name: string | undefined, namespace: string | undefined): Mention[] {
  if (port === undefined || name === undefined) return [];
  return portMention(port, { owner: 'service', service: meaningOf('Service', name, namespace) });
}

function ofService(service: Resource): Mention[] {
  const selector = service.at('spec', 'selector');
  const selection: Selection = { of: 'pods', selector: equalitySelectorOf(selector), within: ownNamespace };
  const own: PortOwner = { owner: 'service', service: meaningOfResource(service) };
  return service
    .at('spec', 'ports')
    .items()
    .flatMap(item => [
      ...portMention(item.at('name'), own, true),
      ...portMention(item.at('port'), own, true),
      ...(selector.isMapping ? portMention(item.at('targetPort'), { owner: 'pods', selections: [selection] }) : []),
    ]);
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const hooks = ['postStart', 'preStop'];

function ofContainer(container: Node): Mention[] {
  const own: PortOwner = { owner: 'containers', containers: [container] };
  const asking = [...probes.map(name => container.at(name)), ...hooks.map(name => container.at('lifecycle', name))];
  return [
    ...container
      .at('ports')
      .items()
      .flatMap(item => [
        ...portMention(item.at('name'), own, true),
        ...portMention(item.at('containerPort'), own, true),
      ]),
    ...asking.flatMap(node =>
      ['httpGet', 'tcpSocket', 'grpc'].flatMap(handler => portMention(node.at(handler, 'port'), own)),
    ),
  ];
}

function ofPolicy(policy: Resource): Mention[] {
  const spec = policy.at('spec');
  const subject: Selection = { of: 'pods', selector: selectorOf(spec.at('podSelector')), within: ownNamespace };
  const portsOf = (rule: Node) =>
    rule
      .at('ports')
      .items()
      .map(item => item.at('port'));
  const inward = spec
    .at('ingress')
    .items()
    .flatMap(rule => portsOf(rule).flatMap(port => portMention(port, { owner: 'pods', selections: [subject] })));
  const outward = spec
    .at('egress')
    .items()
    .flatMap(rule => {
      const peers = rule
        .at('to')
        .items()
        .filter(peer => peer.at('podSelector').isMapping || peer.at('namespaceSelector').isMapping);
      const selections = peers.map(
        (peer): Selection => ({ of: 'pods', selector: selectorOf(peer.at('podSelector')), within: withinOf(peer) }),
      );
      return portsOf(rule).flatMap(port => portMention(port, { owner: 'pods', selections }));
    });
  return [...inward, ...outward];
}

function ofMonitor(monitor: Resource): Mention[] {
  const spec = monitor.at('spec');
  const shared = { selector: selectorOf(spec.at('selector')), within: monitoredIn(spec) };
  const owner: PortOwner = isPodMonitor(monitor)
    ? { owner: 'pods', selections: [{ of: 'pods', ...shared }] }
    : { owner: 'services', selection: { of: 'objects', ...shared } };
  return endpointsOf(monitor).flatMap(endpoint => portMention(endpoint.at('port'), owner));
}

function ofGateway(gateway: Resource): Mention[] {
  return listenersOf(gateway).flatMap(({ node, name }): Mention[] =>
    name === undefined
      ? []
      : [
          {
            at: valueAt(node.at('name')),
            means: { about: 'listener', name, gateway: meaningOfResource(gateway) },
            sort: 'names',
            isOwn: true,
          },
        ],
  );
}

function ofVirtualService(resource: Resource): Mention[] {
  return destinationsOf(resource).flatMap(({ host }) => {
    const meant = meshHostOf(host.string ?? '');
    return toService(host.parent?.at('port', 'number'), meant?.service, meant?.namespace);
  });
}
