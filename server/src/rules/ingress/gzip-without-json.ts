import { typesWithoutJsonIn } from '../../kube/controllers/gzip-types';
import { controllerKinds } from '../../kube/controllers/in-scope';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'ingress/gzip-without-json',
  title: 'A list of types to compress has JSON in it',
  severity: 'info',
  per: 'scope',
  kinds: controllerKinds,
  references: [
    'https://nginx.org/en/docs/http/ngx_http_gzip_module.html#gzip_types',
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#gzip-types',
  ],

  check(scope, report) {
    for (const { node, range, addition, key } of typesWithoutJsonIn(scope)) {
      const isList = range === undefined || !addition.startsWith('gzip on');
      const message = isList
        ? "This list has no 'application/json': answers of APIs travel at full size although compression is on."
        : `Without gzip_types nginx compresses text/html only: JSON, scripts and styles travel at full size although '${key}' switches gzip on.`;
      report(range ? { in: node, range } : node, message, {
        fixes: [
          fix(isList ? "Add 'application/json'" : 'Add gzip_types', edits =>
            range
              ? edits.replace({ in: node, range }, addition)
              : edits.set(node, `${(node.string ?? '').trimEnd()}${addition}`),
          ),
        ],
      });
    }
  },
});
