import type { Range } from '../text/range';
import type { ServerKey, Token } from './syntax';

/** The parts of a server block's key, `[scheme://]zone[:port]` (coredns:plugin/pkg/parse/transport.go, plugin/normalize.go). */
export function serverKeyOf(token: Token): ServerKey {
  const text = withoutComma(token.text);
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(text)?.[1];
  const zoneStart = scheme === undefined ? 0 : scheme.length + 3;
  const colon = text.lastIndexOf(':');
  const hasPort = colon >= zoneStart && /^(?:\d+|\{[$%].*)$/s.test(text.slice(colon + 1));
  const zoneEnd = hasPort ? colon : text.length;
  return {
    token,
    scheme: scheme?.toLowerCase() ?? 'dns',
    schemeRange: scheme === undefined ? undefined : part(token, 0, scheme.length),
    zone: text.slice(zoneStart, zoneEnd),
    zoneRange: part(token, zoneStart, zoneEnd),
    port: hasPort ? text.slice(colon + 1) : undefined,
    portRange: hasPort ? part(token, colon + 1, text.length) : undefined,
  };
}

/** The port that a key listens on when none is written (coredns:plugin/pkg/transport). */
export const defaultPorts: Readonly<Record<string, number>> = {
  dns: 53,
  tls: 853,
  quic: 853,
  grpc: 443,
  https: 443,
  https3: 443,
};

/** The port that counts; undefined when it is known only at run time, or the scheme is unknown. */
export function portOf(key: ServerKey): number | undefined {
  if (key.port !== undefined) return /^\d+$/.test(key.port) ? Number(key.port) : undefined;
  return Object.hasOwn(defaultPorts, key.scheme) ? defaultPorts[key.scheme] : undefined;
}

export function withoutComma(text: string): string {
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

/** A part of a token by offsets in its text; the whole token where text and offsets differ (escapes, lone `\r`). */
function part(token: Token, from: number, to: number): Range {
  const { start, end } = token.range;
  const shift = token.isQuoted ? 1 : 0;
  if (end - start - 2 * shift !== token.text.length) return token.range;
  return { start: start + shift + from, end: start + shift + to };
}
