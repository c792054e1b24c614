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
    const say = (node: Node, what: string, reason: string, how: string, detail: Detail = {}) =>
      report(node, { what, why: `The API server rejects the Ingress: ${reason}.`, how }, detail);
    const spec = ingress.at('spec');
    const [defaultBackend, old] = [spec.at('defaultBackend'), spec.at('backend')];
    if (spec.exists && spec.at('rules').isEmpty && defaultBackend.isEmpty && old.isEmpty) {
      const what = `Ingress '${ingress.name.text ?? ''}' has neither rules nor a default backend`;
      say(spec, what, 'it needs one of the two', 'Add spec.rules or spec.defaultBackend.');
    }
    if (!old.isEmpty) {
      const message = {
        what: 'Unknown field spec.backend',
        why: 'In networking.k8s.io/v1 it is called spec.defaultBackend: kubectl rejects the Ingress, and without validation the default backend is dropped.',
        how: defaultBackend.exists ? 'Remove it, and keep spec.defaultBackend.' : 'Rename it to defaultBackend.',
      };
      report(old, message, { fixes: renamed(old, spec) });
    }
    for (const backend of backendNodesOf(ingress).filter(node => node !== old)) {
      const [service, resource, port] = [backend.at('service'), backend.at('resource'), backend.at('service', 'port')];
      const name = `'${service.at('name').text ?? ''}'`;
      const former = backend.at('serviceName');
      if (former.exists) {
        const what = `Backend '${former.text ?? ''}' has the v1beta1 fields serviceName and servicePort`;
        const reason = 'networking.k8s.io/v1 has service.name and service.port instead';
        say(former, what, reason, 'Write the backend as service.', { fixes: modernised(backend) });
      } else if (!service.isEmpty && !resource.isEmpty) {
        const how = 'Keep one of service and resource.';
        say(resource, 'Backend has both a Service and a resource', 'a backend is one of the two', how);
      } else if (service.isEmpty && resource.isEmpty) {
        const how = 'Add service with a name and a port.';
        say(backend, 'Backend has neither a Service nor a resource', 'a backend is one of the two', how);
      } else if (service.exists && port.at('name').isEmpty && port.at('number').isEmpty) {
        const how = 'Add the number or the name of a port of the Service.';
        const at = port.exists ? port : service;
        say(at, `Backend ${name} has no port`, 'service.port needs a number or a name', how);
      } else if (!port.at('name').isEmpty && !port.at('number').isEmpty) {
        const what = `Backend ${name} has both a port name and a port number`;
        say(port.at('name'), what, 'service.port takes one of the two', 'Remove the name or the number.', {
          fixes: [remove('Remove the name', port.at('name')), remove('Remove the number', port.at('number'))],
        });
      } else if (/^[0-9]+$/.test(port.at('name').string ?? '')) {
        const number = Number(port.at('name').string);
        const edit: Fix['edit'] = edits => edits.rename(port.at('name'), 'number').set(port.at('name'), number);
        const what = `Port name '${port.at('name').string}' is a number`;
        say(port.at('name'), what, 'the name of a port has a letter in it', 'Write it as service.port.number.', {
          fixes: [fix(`Use number ${number}`, edit, { safe: true })],
        });
      }
    }
  },
});

/** The form that extensions/v1beta1 and networking.k8s.io/v1beta1 had, in that of v1. */
function modernised(backend: Node): Fix[] {
  const edit = editOf(backend);
  return edit ? [fix("Write it as 'service'", edit, { safe: true })] : [];
}

/** Beside rules it was dropped where nobody validates fields, so that it takes effect only afterwards. */
function renamed(old: Node, spec: Node): Fix[] {
  if (spec.at('defaultBackend').exists) return [remove("Remove 'backend', beside 'defaultBackend'", old)];
  const inside = old.at('serviceName').exists ? editOf(old) : () => undefined;
  if (inside === undefined) return [];
  const edit: Fix['edit'] = edits => {
    inside(edits);
    edits.rename(old, 'defaultBackend');
  };
  return [fix("Rename it to 'defaultBackend'", edit, { safe: spec.at('rules').isEmpty })];
}

function editOf(backend: Node): Fix['edit'] | undefined {
  const [name, port] = [backend.at('serviceName'), backend.at('servicePort')];
  if (name.text === undefined || port.text === undefined) return undefined;
  const number = port.number ?? (/^[0-9]+$/.test(port.text) ? Number(port.text) : undefined);
  const service = { name: name.text, port: number === undefined ? { name: port.text } : { number } };
  return edits => edits.rename(name, 'service').set(name, service).remove(port);
}
