import { expanded } from './imports';
import type { Corefile, Directive, ServerBlock, Token } from './syntax';
import { type Amount, integerOf, type ValueProblem } from './values';
import { normalizedZone } from './zone';

/** A `kubernetes` line in the form CoreDNS gives it; what is not written is undefined and has its default. */
export interface Kubernetes {
  readonly directive: Directive;
  /** As written; empty: the zones of the server block. */
  readonly zones: readonly Token[];
  /** Seconds; 5 when not written. */
  readonly ttl: Amount | undefined;
  readonly pods: Token | undefined;
  readonly fallthrough: Directive | undefined;
  readonly namespaces: readonly Token[];
  readonly endpoints: readonly Token[];
  readonly noEndpoints: Directive | undefined;
  readonly problems: readonly KubernetesProblem[];
  /** False when an import of unknown lines stands in its block. */
  readonly isComplete: boolean;
}

export type KubernetesProblem = ValueProblem<'not-a-number' | 'pods-mode-unknown' | 'ttl-out-of-range'>;

export const podsModes = ['disabled', 'insecure', 'verified'] as const;

/** Seconds (coredns:plugin/kubernetes/kubernetes.go). */
export const defaultKubernetesTtl = 5;

/** Reads a `kubernetes` line as coredns:plugin/kubernetes/setup.go does. */
export function kubernetesOf(directive: Directive, corefile: Corefile): Kubernetes {
  const { directives: options, isComplete } = expanded(directive.options, corefile);
  const last = (name: string): Directive | undefined => options.findLast(option => option.name.text === name);
  const all = (name: string): readonly Token[] =>
    options.filter(option => option.name.text === name).flatMap(option => option.args);
  const ttl = last('ttl')?.args[0];
  const pods = last('pods')?.args[0];
  return {
    directive,
    zones: directive.args,
    ttl: ttl && { token: ttl, value: integerOf(ttl.text) },
    pods,
    fallthrough: last('fallthrough'),
    namespaces: all('namespaces'),
    endpoints: last('endpoint')?.args ?? [],
    noEndpoints: last('noendpoints'),
    problems: corefile.isTemplate ? [] : [...ttlProblems(ttl), ...podsProblems(pods)],
    isComplete,
  };
}

/** The zones a `kubernetes` line answers for, of those that are no reverse zones: those with the Services. */
export function clusterZonesOf(kubernetes: Kubernetes, block: ServerBlock): readonly string[] {
  const written =
    kubernetes.zones.length > 0 ? kubernetes.zones.map(token => token.text) : block.keys.map(key => key.zone);
  return written.filter(zone => !isReverse(zone));
}

function isReverse(zone: string): boolean {
  return zone.includes('/') || /(?:^|\.)(?:in-addr|ip6)\.arpa\.$/.test(normalizedZone(zone));
}

const LONGEST_TTL = 3600;

function ttlProblems(token: Token | undefined): readonly KubernetesProblem[] {
  if (token === undefined || token.isDynamic) return [];
  const value = integerOf(token.text);
  const { range } = token;
  if (value === undefined) {
    const message = { what: `'ttl ${token.text}' is not a whole number`, how: 'Write seconds without a unit.' };
    return [{ code: 'not-a-number', message, range, severity: 'error' }];
  }
  if (value >= 0 && value <= LONGEST_TTL) return [];
  const message = { what: `'ttl ${token.text}' is out of range`, how: `Use 0 to ${LONGEST_TTL} seconds.` };
  return [{ code: 'ttl-out-of-range', message, range, severity: 'error' }];
}

function podsProblems(token: Token | undefined): readonly KubernetesProblem[] {
  if (token === undefined || token.isDynamic || podsModes.some(mode => mode === token.text)) return [];
  const message = { what: `Unknown pods mode '${token.text}'`, how: 'Use disabled, insecure or verified.' };
  return [{ code: 'pods-mode-unknown', message, range: token.range, severity: 'error' }];
}
