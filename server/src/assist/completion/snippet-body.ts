/** A snippet of VS Code's form, with tab stops, choices and mirrors; neither variables nor transforms. */
export interface Snippet {
  readonly description: string;
  readonly body: readonly string[];
  /** What is around, instead of the default of a tab stop. */
  readonly fill?: Readonly<Record<string, string>>;
}

/** What an editor writes that knows no snippets: each tab stop holds its default, or the first of its choices. */
export function plainText(body: string): string {
  const defaults = new Map<string, string>();
  for (const [, number = '', text = '', choices = ''] of body.matchAll(stop)) {
    const first = choices.split(/(?<!\\),/)[0] ?? '';
    if (text !== '' || first !== '') defaults.set(number, text === '' ? first : text);
  }
  const filled = body.replace(stop, (_, number: string) => defaults.get(number) ?? '');
  const mirrored = filled.replace(mirror, (_, number: string) => defaults.get(number) ?? '');
  return mirrored.replace(/\\([\\$}|,])/g, '$1');
}

/** `${1:default}` and `${1|a,b|}`. */
const stop = /\$\{(\d+)(?::((?:[^\\}$]|\\.|\$(?!\{))*)|\|((?:[^\\|]|\\.)*)\|)\}/g;
const mirror = /(?<!\\)\$(\d+)/g;

/** With another default at a tab stop. */
export function withDefault(body: string, number: string, text: string): string {
  return body.replace(stop, (whole, own: string, byDefault: string | undefined) =>
    own === number && byDefault !== undefined ? `\${${number}:${escaped(text)}}` : whole,
  );
}

/** `app: ${1:web}` with another label. */
export function withLabel(body: string, number: string, key: string, value: string): string {
  const line = new RegExp(`^( *(?:- )?)[\\w./-]+: \\$\\{${number}:[^}]*\\}$`, 'm');
  return body.replace(line, (_, lead: string) => `${lead}${key}: \${${number}:${escaped(value)}}`);
}

const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&');

/** Each line but the first, and those that are empty, so many spaces further in. */
export const indented = (body: string, by: number) => body.replace(/\n(?=[^\n])/g, `\n${' '.repeat(by)}`);
