import { expanded } from './imports';
import type { Corefile, Directive, Said, Token } from './syntax';
import { type Amount, integerOf, type ValueProblem } from './values';
import { isIP } from './zone';

/** A `forward` line in the form CoreDNS gives it; what is not written is undefined and has its default. */
export interface Forward {
  readonly directive: Directive;
  /** The zone below which names are forwarded. */
  readonly from: Token | undefined;
  readonly upstreams: readonly Upstream[];
  /** Zones below it that are not forwarded. */
  readonly except: readonly Token[];
  readonly tlsServerName: Token | undefined;
  readonly maxConcurrent: Amount | undefined;
  readonly policy: Token | undefined;
  readonly healthCheck: Directive | undefined;
  readonly forceTcp: Directive | undefined;
  readonly preferUdp: Directive | undefined;
  readonly problems: readonly ForwardProblem[];
  /** False when an import of unknown lines stands in its block. */
  readonly isComplete: boolean;
}

/** `[scheme://]host[:port][%server-name]`, or a file like /etc/resolv.conf. */
export interface Upstream {
  readonly token: Token;
  readonly scheme: string;
  /** unknown: it is filled in at run time. */
  readonly kind: 'address' | 'file' | 'name' | 'unknown';
  readonly host: string;
  readonly port: number | undefined;
  /** The name that this one server must prove, written behind a `%` (since CoreDNS 1.13.2). */
  readonly serverName: string | undefined;
}

export type ForwardProblem = ValueProblem<
  'arguments-missing' | 'not-a-number' | 'policy-unknown' | 'scheme-unsupported' | 'too-many-upstreams'
>;

export const forwardPolicies = ['random', 'round_robin', 'sequential'] as const;

/** Reads a `forward` line as coredns:plugin/forward/setup.go does. */
export function forwardOf(directive: Directive, corefile: Corefile): Forward {
  const [from, ...to] = directive.args;
  const { directives: options, isComplete } = expanded(directive.options, corefile);
  const last = (name: string): Directive | undefined => options.findLast(option => option.name.text === name);
  const maxConcurrent = last('max_concurrent')?.args[0];
  const forward = {
    directive,
    from,
    upstreams: to.map(upstreamOf),
    except: options.filter(option => option.name.text === 'except').flatMap(option => option.args),
    tlsServerName: last('tls_servername')?.args[0],
    maxConcurrent: maxConcurrent && { token: maxConcurrent, value: integerOf(maxConcurrent.text) },
    policy: last('policy')?.args[0],
    healthCheck: last('health_check'),
    forceTcp: last('force_tcp'),
    preferUdp: last('prefer_udp'),
    isComplete,
  };
  return { ...forward, problems: corefile.isTemplate ? [] : problemsOf(forward) };
}

export function upstreamOf(token: Token): Upstream {
  const scheme = /^([a-z][a-z0-9]*):\/\//.exec(token.text)?.[1];
  const rest = scheme === undefined ? token.text : token.text.slice(scheme.length + 3);
  if (token.isDynamic || rest.includes('__PILLAR__')) return unknown(token, scheme, rest);
  if (rest.startsWith('/')) return { ...unknown(token, scheme, rest), kind: 'file' };
  // Behind `%` stands the name of a server, or the zone of a link-local IPv6 address.
  const [address = '', serverName] = rest.includes('%') && scheme === 'tls' ? rest.split('%') : [rest];
  const { host, port } = hostAndPort(address);
  const kind = isIP(host) ? 'address' : 'name';
  return { token, scheme: scheme ?? 'dns', kind, host, port, serverName };
}

const MOST_UPSTREAMS = 15;

function unknown(token: Token, scheme: string | undefined, host: string): Upstream {
  return { token, scheme: scheme ?? 'dns', kind: 'unknown', host, port: undefined, serverName: undefined };
}

/** `1.1.1.1:53`, `[2001:db8::1]:53`, and addresses without a port, with brackets or not. */
function hostAndPort(text: string): { readonly host: string; readonly port: number | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(text);
  if (bracketed !== null) return { host: bracketed[1] ?? '', port: portIn(bracketed[2]) };
  const plain = /^([^:]*):(\d{1,5})$/.exec(text);
  return plain === null ? { host: text, port: undefined } : { host: plain[1] ?? '', port: portIn(plain[2]) };
}

function portIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function problemsOf(forward: Omit<Forward, 'problems'>): readonly ForwardProblem[] {
  const { directive, upstreams, policy, maxConcurrent } = forward;
  const problems: ForwardProblem[] = [];
  const add = (code: ForwardProblem['code'], at: Token, message: Said): void => {
    problems.push({ code, message, range: at.range, severity: 'error' });
  };
  if (upstreams.length === 0) {
    add('arguments-missing', directive.name, {
      what: "'forward' names no server to forward to",
      how: "Add a zone and at least one server or file, such as '. /etc/resolv.conf'.",
    });
  }
  const excess = upstreams[MOST_UPSTREAMS];
  // A file counts as the servers in it, and a reference may be several words: neither is known here.
  if (excess !== undefined)
    add('too-many-upstreams', excess.token, {
      what: `'forward' has more than ${MOST_UPSTREAMS} servers`,
      how: `Keep at most ${MOST_UPSTREAMS}.`,
    });
  for (const { token, scheme } of upstreams) {
    if (token.isDynamic || ['dns', 'tls', 'https'].includes(scheme)) continue;
    add('scheme-unsupported', token, {
      what: `'forward' does not support '${scheme}://'`,
      how: 'Use dns://, tls:// or, since CoreDNS 1.14.5, https://.',
    });
  }
  if (policy !== undefined && !policy.isDynamic && !forwardPolicies.some(known => known === policy.text)) {
    add('policy-unknown', policy, {
      what: `Unknown forward policy '${policy.text}'`,
      how: 'Use random, round_robin or sequential.',
    });
  }
  if (maxConcurrent !== undefined && !maxConcurrent.token.isDynamic && !((maxConcurrent.value ?? -1) >= 0)) {
    add('not-a-number', maxConcurrent.token, {
      what: `'max_concurrent ${maxConcurrent.token.text}' is not a valid number`,
      how: 'Use a whole number that is not negative.',
    });
  }
  return problems;
}
