import { type CompressionFault, compressionFaultsIn, compressionKinds } from '../../kube/controllers/facts/compression';
import { isPlaceholder } from '../../kube/placeholder';
import { remove, rename, use } from '../../lint/fixes';
import { type Detail, defineRule, type Message } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { listed } from '../../text/words';
import { excerpt, keyOf } from './shared/keys';

export default defineRule({
  id: 'ingress/wrong-compression',
  title: 'Compression settings are known to the controller',
  severity: 'error',
  per: 'resource',
  kinds: compressionKinds,
  references: [
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/compress/',
    'https://gateway.envoyproxy.io/docs/api/extension_types/',
  ],

  check(resource, report) {
    for (const fault of compressionFaultsIn(resource)) {
      if (fault.kind === 'unknown' && isPlaceholder(fault.value)) continue;
      const { message, ...detail } = told(fault);
      report(fault.kind === 'unknown' ? fault.node : keyOf(fault.node, resource), message, detail);
    }
  },
});

function told(fault: CompressionFault): { readonly message: Message } & Detail {
  const { node } = fault;
  const name = String(node.key);
  switch (fault.kind) {
    case 'unknown': {
      const meant =
        synonyms[fault.value.toLowerCase()]?.find(word => fault.values.includes(word)) ??
        nearest(fault.value, fault.values);
      return {
        message: {
          what: `Unknown compression ${excerpt(fault.value)}`,
          why: 'The API server rejects the object.',
          how: `Use ${listed(meant ? [meant] : fault.values, 'or')}.`,
        },
        fixes: meant ? [use(node, meant, { safe: true })] : [],
      };
    }
    case 'both':
      return {
        message: {
          what: `'${name}' and '${String(fault.other.key)}' exclude each other`,
          why: 'With both of them the object is not accepted, and has no effect.',
          how: `Remove '${name}' or '${String(fault.other.key)}'.`,
        },
        fixes: [remove(`Remove '${name}'`, node)],
      };
    case 'old':
      return {
        message: {
          what: `'${name}' is deprecated`,
          why: `Envoy Gateway calls it '${fault.successor}' since 1.6.`,
          how: `Rename it to '${fault.successor}'.`,
        },
        severity: 'hint',
        fixes: [rename(`Rename it to '${fault.successor}'`, node, fault.successor)],
      };
  }
}

/** The same thing has three names in three projects. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  br: ['Brotli', 'brotli'],
  brotli: ['Brotli', 'brotli', 'br'],
  gzip: ['Gzip', 'gzip'],
  zstd: ['Zstd', 'zstd'],
  none: ['disabled'],
  off: ['disabled'],
};
