/** Seconds of a duration of Go (`1m30s`, `500ms`, `0`), as time.ParseDuration reads it; undefined when it is none. */
export function secondsOf(text: string): number | undefined {
  const match = /^([+-]?)(.{1,60})$/s.exec(text);
  const rest = match?.[2];
  if (match === null || rest === undefined) return undefined;
  if (rest === '0') return 0;
  let seconds = 0;
  let at = 0;
  for (const part of rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy)) {
    at += part[0].length;
    seconds += Number(part[1]) * (unitSeconds.get(part[2] ?? '') ?? 0);
  }
  if (at !== rest.length) return undefined;
  return match[1] === '-' ? -seconds : seconds;
}

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['μs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);
