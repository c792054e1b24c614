import { typesWithoutJsonIn } from '../../kube/controllers/gzip-types';
import { controllerKinds } from '../../kube/controllers/in-scope';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'ingress/gzip-without-json',
  title: 'The content types to compress include JSON',
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
        ? {
            what: `'application/json' is missing among the types of '${key}'`,
            why: 'Compression is on, but API responses are sent at full size.',
            how: "Add 'application/json' to the list.",
          }
        : {
            what: `Gzip is on in '${key}' without gzip_types`,
            why: 'By default nginx compresses text/html only: JSON, scripts and styles are sent at full size.',
            how: 'Add gzip_types with the types to compress.',
          };
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
