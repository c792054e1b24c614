/** `a`, `a and b`, `a, b and c`. */
export function inWords(words: readonly string[], join: 'and' | 'or' = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${join} ${last}`;
}

export const quoted = (text: string) => `'${text}'`;

/** `'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`. */
export const listed = (words: readonly string[], join?: 'or') => inWords(words.map(quoted), join);

/** `'a'`, `'a' and 'b'`, `'a' and 4 more`: each name once. */
export function listedInShort(names: Iterable<string>): string {
  const [first = '', ...others] = new Set(names);
  return others.length > 1 ? `'${first}' and ${others.length} more` : listed([first, ...others]);
}

/**
 * A text without these characters at its end. An expression such as `/[,;]+$/` looks at a run of them again from each of
 * them, wherever it stands.
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Whether a text is what a pattern says, in which `*` is anything: each part is taken where it comes first. */
export function fits(text: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

/** The first letter of a sentence. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "1 known call", "3 known calls". */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Names of which those that are the same are told apart by a number. */
export function toldApart(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map(name => {
    let own = name;
    for (let i = 2; taken.has(own); i++) own = `${name} (${i})`;
    taken.add(own);
    return own;
  });
}
