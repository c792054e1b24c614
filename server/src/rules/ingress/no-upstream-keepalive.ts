import { annotationKinds, readAnnotationsIn } from '../../kube/controllers/annotation-uses';
import { controllerKinds } from '../../kube/controllers/in-scope';
import { settingsIn } from '../../kube/controllers/setting-uses';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

/** Keys that say whether connections to pods are kept, and the values that end them. */
const ending: Readonly<Record<string, string>> = {
  'upstream-keepalive-connections': '0',
  'upstream-keepalive-requests': '1',
  'proxy-http-version': '1.0',
  keepalive: '0',
  'nginx.ingress.kubernetes.io/proxy-http-version': '1.0',
  'nginx.ingress.kubernetes.io/connection-proxy-header': 'close',
  'nginx.org/keepalive': '0',
};

export default defineRule({
  id: 'ingress/no-upstream-keepalive',
  title: 'The controller keeps connections to pods open (upstream keep-alive)',
  severity: 'info',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive'],

  check(scope, report) {
    for (const { node, key, value, facts } of [...settingsIn(scope), ...readAnnotationsIn(scope).map(withValue)]) {
      if (value === undefined || ending[key] !== value.trim()) continue;
      const message = {
        what: `'${key}' turns off keep-alive`,
        why: `With this, ${facts.title} opens a connection to a pod for every request, which costs a round trip, and several with TLS.`,
        how: isNumber(key) ? 'Keep some connections open, such as 32.' : 'Remove it.',
      };
      report(node, message, { fixes: [fixOf(node, key)] });
    }
  },
});

const withValue = <T extends { readonly node: { readonly string: string | undefined } }>(use: T) => ({
  ...use,
  value: use.node.string,
});

const isNumber = (key: string) => key.endsWith('keepalive');

/** F5's controller keeps none by default either. */
function fixOf(node: Node, key: string): Fix {
  if (!isNumber(key)) return remove(`Remove '${key}'`, node);
  return set("Keep '32'", node, '32');
}
