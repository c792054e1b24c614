import type { Output } from './outputs';

export const colorModes = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof colorModes)[number];

/** Whether a report has colours: where a person looks at it, or where somebody asked for them. */
export function isColored({ file }: Output, mode: ColorMode = 'auto'): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (mode !== 'auto') return mode === 'always';
  if (file !== undefined || NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return !/^(?:0|false)$/.test(FORCE_COLOR);
  return process.stdout.isTTY === true && TERM !== 'dumb';
}
