import type { Node } from '../../../yaml/node';
import type { Kind } from '../../kinds';
import type { Resource } from '../../resource';

export const compressionKinds = [
  'Middleware.traefik.io',
  'ContourConfiguration.projectcontour.io',
  'BackendTrafficPolicy.gateway.envoyproxy.io',
] as const satisfies readonly Kind[];

/** A fault in how a custom resource asks for compression; all of them make the API server or the controller refuse it. */
export type CompressionFault =
  | { readonly kind: 'unknown'; readonly node: Node; readonly value: string; readonly values: readonly string[] }
  /** Two fields that exclude each other. */
  | { readonly kind: 'both'; readonly node: Node; readonly other: Node }
  /** An old field, and what it is called now. */
  | { readonly kind: 'old'; readonly node: Node; readonly successor: string };

/** @source projectcontour/contour:apis/projectcontour/v1alpha1 (1.33) */
export function compressionFaultsIn(resource: Resource): CompressionFault[] {
  switch (resource.kind) {
    case 'Middleware.traefik.io':
      return traefikFaults(resource.at('spec', 'compress'));
    case 'ContourConfiguration.projectcontour.io': {
      const algorithm = resource.at('spec', 'envoy', 'listener', 'compression', 'algorithm');
      return unknown([algorithm], ['gzip', 'brotli', 'zstd', 'disabled']);
    }
    case 'BackendTrafficPolicy.gateway.envoyproxy.io':
      return envoyGatewayFaults(resource.at('spec'));
    default:
      return [];
  }
}

/**
 * Traefik 3.7: pkg/middlewares/compress; the two lists of types exclude each other.
 *
 * @source traefik/traefik:pkg/middlewares/compress (3.7)
 */
function traefikFaults(compress: Node): CompressionFault[] {
  const included = compress.at('includedContentTypes');
  const excluded = compress.at('excludedContentTypes');
  const both: CompressionFault[] =
    included.isEmpty || excluded.isEmpty ? [] : [{ kind: 'both', node: included, other: excluded }];
  return [...unknown(compress.at('encodings').items(), ['gzip', 'br', 'zstd']), ...both];
}

/**
 * Envoy Gateway 1.9: `compressor` since 1.6, `compression` before; one of them.
 *
 * @source envoyproxy/gateway:api/v1alpha1/compression_types.go (1.9)
 */
function envoyGatewayFaults(spec: Node): CompressionFault[] {
  const [now, old] = [spec.at('compressor'), spec.at('compression')];
  const types = [...now.items(), ...old.items()].map(item => item.at('type'));
  const fields: CompressionFault[] =
    now.exists && old.exists
      ? [{ kind: 'both', node: old, other: now }]
      : old.exists
        ? [{ kind: 'old', node: old, successor: 'compressor' }]
        : [];
  return [...unknown(types, ['Gzip', 'Brotli', 'Zstd']), ...fields];
}

function unknown(nodes: readonly Node[], values: readonly string[]): CompressionFault[] {
  return nodes.flatMap((node): CompressionFault[] => {
    const value = node.string;
    return value === undefined || values.includes(value) ? [] : [{ kind: 'unknown', node, value, values }];
  });
}
