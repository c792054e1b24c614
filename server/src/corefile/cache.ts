import { secondsOf } from '../text/duration';
import { expanded } from './imports';
import type { Corefile, Directive, Said, Token } from './syntax';
import { type Amount, integerOf, notADuration, type ValueProblem } from './values';

/** A `cache` line in the form CoreDNS gives it; what is not written is undefined and has its default. */
export interface Cache {
  readonly directive: Directive;
  /** Seconds; the most a record is kept. It only caps: a record's own shorter TTL holds. */
  readonly ttl: Amount | undefined;
  /** Empty: the zones of the server block. */
  readonly zones: readonly Token[];
  readonly success: CacheShare | undefined;
  readonly denial: CacheShare | undefined;
  readonly prefetch: Directive | undefined;
  readonly serveStale: ServeStale | undefined;
  /** Seconds. */
  readonly servfail: Amount | undefined;
  readonly disabled: readonly Disabled[];
  readonly keepTtl: Directive | undefined;
  readonly problems: readonly CacheProblem[];
  /** False when an import of unknown lines stands in its block. */
  readonly isComplete: boolean;
}

/** `success` or `denial`: capacity in packets, times in seconds. */
export interface CacheShare {
  readonly directive: Directive;
  readonly capacity: Amount | undefined;
  readonly ttl: Amount | undefined;
  readonly minTtl: Amount | undefined;
}

export interface ServeStale {
  readonly directive: Directive;
  /** Seconds. */
  readonly duration: Amount | undefined;
  readonly mode: 'immediate' | 'verify' | undefined;
}

export interface Disabled {
  readonly directive: Directive;
  readonly share: 'success' | 'denial';
  /** Empty: all. */
  readonly zones: readonly Token[];
}

export type CacheProblem = ValueProblem<
  | 'argument-count'
  | 'capacity-too-small'
  | 'disable-unknown'
  | 'not-a-duration'
  | 'not-a-number'
  | 'percentage-invalid'
  | 'serve-stale-mode'
  | 'servfail-too-long'
  | 'ttl-not-positive'
  | 'ttl-with-unit'
>;

/** CoreDNS' defaults: seconds and packets. (coredns:plugin/cache/cache.go) */
export const cacheDefaults = { successTtl: 3600, denialTtl: 1800, minTtl: 5, servfail: 5, capacity: 9984 } as const;

/** Reads a `cache` line as coredns:plugin/cache/setup.go does. */
export function cacheOf(directive: Directive, corefile: Corefile): Cache {
  const reader = new CacheReader();
  const [first, ...rest] = directive.args;
  const hasTtl = first !== undefined && (first.isDynamic || integerOf(first.text) !== undefined);
  const ttl = hasTtl ? reader.ttl(first) : undefined;
  if (first !== undefined && !hasTtl) reader.reportUnit(first);
  const { directives: options, isComplete } = expanded(directive.options, corefile);
  const last = (name: string): Directive | undefined => options.findLast(option => option.name.text === name);
  for (const option of options) reader.check(option);
  const servfail = last('servfail')?.args[0];
  return {
    directive,
    ttl,
    zones: hasTtl ? rest : directive.args,
    success: shareOf(last('success')),
    denial: shareOf(last('denial')),
    prefetch: last('prefetch'),
    serveStale: serveStaleOf(last('serve_stale')),
    servfail: servfail === undefined ? undefined : { token: servfail, value: secondsOf(servfail.text) },
    disabled: options.flatMap(disabledOf),
    keepTtl: last('keepttl'),
    problems: corefile.isTemplate ? [] : reader.problems,
    isComplete,
  };
}

const MIN_CAPACITY = 1024;
const LONGEST_SERVFAIL = 300;

function shareOf(directive: Directive | undefined): CacheShare | undefined {
  if (directive === undefined) return undefined;
  const [capacity, ttl, minTtl] = directive.args.map(token => ({ token, value: integerOf(token.text) }));
  return { directive, capacity, ttl, minTtl };
}

function serveStaleOf(directive: Directive | undefined): ServeStale | undefined {
  if (directive === undefined) return undefined;
  const [duration, mode] = directive.args;
  const written = mode?.text.toLowerCase();
  return {
    directive,
    duration: duration === undefined ? undefined : { token: duration, value: secondsOf(duration.text) },
    mode: written === 'verify' || written === 'immediate' ? written : undefined,
  };
}

function disabledOf(directive: Directive): readonly Disabled[] {
  const [share, ...zones] = directive.args;
  if (directive.name.text !== 'disable' || (share?.text !== 'success' && share?.text !== 'denial')) return [];
  return [{ directive, share: share.text, zones }];
}

/** Collects what setup.go would refuse. Tokens whose value comes at run time are never judged. */
class CacheReader {
  readonly problems: CacheProblem[] = [];

  ttl(token: Token): Amount {
    const value = this.integer(token);
    if (value !== undefined && value <= 0) this.#positive(token);
    return { token, value };
  }

  /** `cache 30s`: no number, so CoreDNS takes it for a zone and caches nothing else. */
  reportUnit(token: Token): void {
    const seconds = secondsOf(token.text);
    if (seconds === undefined || seconds < 1) return;
    this.problems.push({
      code: 'ttl-with-unit',
      message: {
        what: `'${token.text}' is read as a zone, not as a TTL`,
        why: 'CoreDNS starts, but the cache holds answers of a zone with that name only, so it caches nothing.',
        how: 'Write the TTL as whole seconds, without a unit.',
      },
      range: token.range,
      severity: 'warning',
      replacement: String(Math.round(seconds)),
    });
  }

  check(option: Directive): void {
    const name = option.name.text;
    if (name === 'success' || name === 'denial') this.#share(option);
    else if (name === 'prefetch') this.#prefetch(option);
    else if (name === 'serve_stale') this.#serveStale(option);
    else if (name === 'servfail') this.#servfail(option);
    else if (name === 'disable') this.#disable(option);
    else if (name === 'keepttl') this.#count(option, 0, 0);
  }

  integer(token: Token): number | undefined {
    const value = integerOf(token.text);
    if (value === undefined && !token.isDynamic) {
      this.#add('not-a-number', token, {
        what: `Cache value '${token.text}' is not a whole number`,
        how: 'Write a whole number.',
      });
    }
    return value;
  }

  #share(option: Directive): void {
    const [capacity, ttl, minTtl] = option.args;
    this.#count(option, 1, Number.POSITIVE_INFINITY);
    const size = capacity && this.integer(capacity);
    if (capacity !== undefined && size !== undefined && size < MIN_CAPACITY) {
      const message = {
        what: `Cache capacity ${size} is raised to ${MIN_CAPACITY}`,
        why: `CoreDNS keeps at least ${MIN_CAPACITY} entries, so a smaller number has no effect.`,
        how: `Write ${MIN_CAPACITY} or more.`,
      };
      this.#add('capacity-too-small', capacity, message, 'info');
    }
    if (ttl !== undefined) this.ttl(ttl);
    const least = minTtl && this.integer(minTtl);
    if (minTtl !== undefined && least !== undefined && least < 0) this.#positive(minTtl);
  }

  #prefetch(option: Directive): void {
    this.#count(option, 1, 3);
    const [amount, duration, percentage] = option.args;
    const count = amount && this.integer(amount);
    if (amount !== undefined && count !== undefined && count < 0) this.#positive(amount);
    if (duration !== undefined) this.#seconds(duration);
    if (percentage === undefined || percentage.isDynamic) return;
    const value = percentage.text.endsWith('%') ? integerOf(percentage.text.slice(0, -1)) : undefined;
    if (value !== undefined && value >= 10 && value <= 90) return;
    this.#add('percentage-invalid', percentage, {
      what: `Invalid prefetch percentage '${percentage.text}'`,
      how: 'Use 10% to 90%, with the percent sign.',
    });
  }

  #serveStale(option: Directive): void {
    const [duration, mode] = option.args;
    const seconds = duration && this.#seconds(duration);
    if (duration !== undefined && seconds !== undefined && seconds < 0) this.#positive(duration);
    if (mode === undefined || mode.isDynamic || /^(?:immediate|verify)$/i.test(mode.text)) return;
    this.#add('serve-stale-mode', mode, {
      what: `Unknown serve_stale mode '${mode.text}'`,
      how: "Use 'immediate' or 'verify'.",
    });
  }

  #servfail(option: Directive): void {
    this.#count(option, 1, 1);
    const [duration] = option.args;
    const seconds = duration && this.#seconds(duration);
    if (duration === undefined || seconds === undefined) return;
    if (seconds < 0) this.#positive(duration);
    if (seconds > LONGEST_SERVFAIL) {
      this.#add('servfail-too-long', duration, {
        what: `'servfail ${duration.text}' is longer than 5 minutes`,
        how: 'Use at most 5m, the limit of RFC 2308.',
      });
    }
  }

  #disable(option: Directive): void {
    const [share] = option.args;
    this.#count(option, 1, Number.POSITIVE_INFINITY);
    if (share === undefined || share.isDynamic || /^(?:success|denial)$/.test(share.text)) return;
    this.#add('disable-unknown', share, {
      what: `'disable' does not take '${share.text}'`,
      how: "Use 'success' or 'denial', then the zones.",
    });
  }

  #seconds(token: Token): number | undefined {
    const seconds = secondsOf(token.text);
    if (seconds === undefined && !token.isDynamic) {
      this.#add('not-a-duration', token, notADuration(token, 'cache'));
    }
    return seconds;
  }

  #count(option: Directive, least: number, most: number): void {
    const { name, args } = option;
    if (args.length >= least && args.length <= most) return;
    const tooMany = args[most];
    const message = tooMany
      ? { what: `Too many arguments for '${name.text}'`, how: `Remove '${tooMany.text}'.` }
      : { what: `'${name.text}' has no argument`, how: 'Add its argument.' };
    this.#add('argument-count', tooMany ?? name, message);
  }

  #positive(token: Token): void {
    this.#add('ttl-not-positive', token, {
      what: `Cache value '${token.text}' is too small`,
      how: 'Write a positive number.',
    });
  }

  #add(code: CacheProblem['code'], at: Token, message: Said, severity: CacheProblem['severity'] = 'error'): void {
    this.problems.push({ code, message, range: at.range, severity });
  }
}
