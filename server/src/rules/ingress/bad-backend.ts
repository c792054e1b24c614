import { backendNodesOf } from '../../kube/services/backend';
import { fix, remove } from '../../lint/fixes';
import { type Detail, defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'ingress/bad-backend',
  title: 'An Ingress has a backend, and each backend is one Service port or one resource',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend'],

  check(ingress, report) {
    if (ingress.apiVersion !== 'networking.k8s.io/v1') return;
    const rejected = 'the API server rejects the Ingress';
    const spec = ingress.at('spec');
    if (spec.exists && spec.at('rules').isEmpty && spec.at('defaultBackend').isEmpty && spec.at('backend').isEmpty) {
      report(spec, `This Ingress has neither rules nor a default backend: ${rejected}.`);
    }
    for (const backend of backendNodesOf(ingress)) {
      const [service, resource, port] = [backend.at('service'), backend.at('resource'), backend.at('service', 'port')];
      const say = (node: Node, message: string, detail: Detail = {}) =>
        report(node, `${message}: ${rejected}.`, detail);
      const old = backend.at('serviceName');
      if (old.exists) {
        const message = `'serviceName' and 'servicePort' are of the API before networking.k8s.io/v1, which has 'service' instead`;
        say(old, message, { fixes: modernised(backend) });
      } else if (!service.isEmpty && !resource.isEmpty) {
        say(resource, 'A backend is a Service or a resource, and this one is both');
      } else if (service.isEmpty && resource.isEmpty) {
        say(backend, 'This backend names neither a Service nor a resource');
      } else if (service.exists && port.at('name').isEmpty && port.at('number').isEmpty) {
        say(
          port.exists ? port : service,
          `The port of Service '${service.at('name').text ?? ''}' has neither number nor name`,
        );
      } else if (!port.at('name').isEmpty && !port.at('number').isEmpty) {
        say(port.at('name'), 'A port is given by number or by name, and this one by both', {
          fixes: [remove('Remove the name', port.at('name')), remove('Remove the number', port.at('number'))],
        });
      } else if (/^[0-9]+$/.test(port.at('name').string ?? '')) {
        const number = Number(port.at('name').string);
        const edit: Fix['edit'] = edits => edits.rename(port.at('name'), 'number').set(port.at('name'), number);
        say(port.at('name'), `'${port.at('name').string}' is a number, and the name of a port has a letter in it`, {
          fixes: [fix(`Use number ${number}`, edit, { safe: true })],
        });
      }
    }
  },
});

/** The form that extensions/v1beta1 and networking.k8s.io/v1beta1 had, in that of v1. */
function modernised(backend: Node): Fix[] {
  const [name, port] = [backend.at('serviceName'), backend.at('servicePort')];
  if (name.text === undefined || port.text === undefined) return [];
  const number = port.number ?? (/^[0-9]+$/.test(port.text) ? Number(port.text) : undefined);
  const service = { name: name.text, port: number === undefined ? { name: port.text } : { number } };
  const edit: Fix['edit'] = edits => edits.rename(name, 'service').set(name, service).remove(port);
  return [fix("Write it as 'service'", edit, { safe: true })];
}
