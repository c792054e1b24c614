import { type CompressionFault, compressionFaultsIn, compressionKinds } from '../../kube/controllers/facts/compression';
import { isPlaceholder } from '../../kube/placeholder';
import { remove, rename, use } from '../../lint/fixes';
import { type Detail, defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { listed } from '../../text/words';
import { keyOf } from './shared/keys';

export default defineRule({
  id: 'ingress/wrong-compression',
  title: 'Compression is asked for in words that the controller knows',
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

function told(fault: CompressionFault): { readonly message: string } & Detail {
  const { node } = fault;
  const name = String(node.key);
  switch (fault.kind) {
    case 'unknown': {
      const meant =
        synonyms[fault.value.toLowerCase()]?.find(word => fault.values.includes(word)) ??
        nearest(fault.value, fault.values);
      return {
        message: `There is no compression '${fault.value}' here, and the object is rejected: there are ${listed(fault.values)}.`,
        fixes: meant ? [use(node, meant, { safe: true })] : [],
      };
    }
    case 'both':
      return {
        message: `'${name}' and '${String(fault.other.key)}' exclude each other: with both the object is not accepted.`,
        fixes: [remove(`Remove '${name}'`, node)],
      };
    case 'old':
      return {
        message: `'${name}' is the old name of '${fault.successor}', which has been there since Envoy Gateway 1.6.`,
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
