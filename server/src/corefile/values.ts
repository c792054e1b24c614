import type { Range } from '../text/range';
import type { Said, Token } from './syntax';

/** A number or duration as written, with what it means. Undefined `value`: known at run time only. */
export interface Amount {
  readonly token: Token;
  readonly value: number | undefined;
}

/** Something wrong with what a plugin's line says, found while it was read into a form. */
export interface ValueProblem<Code extends string> {
  readonly code: Code;
  readonly message: Said;
  readonly range: Range;
  /** error: CoreDNS doesn't start. warning: it starts, with another meaning. info: CoreDNS puts it right itself. */
  readonly severity: 'error' | 'warning' | 'info';
  /** What could stand at `range` instead, when there is one thing that the author must have meant. */
  readonly replacement?: string;
}

/** Go reads no time without a unit, but 0. */
export function notADuration({ text }: Token, plugin: string): Said {
  return {
    what: `'${text}' of '${plugin}' is not a duration`,
    how: "Write a number with its unit, such as '30s' or '5m'.",
  };
}

/** As strconv.Atoi of Go; undefined when the text is no whole number. */
export function integerOf(text: string): number | undefined {
  return /^[+-]?\d{1,18}$/.test(text) ? Number(text) : undefined;
}
