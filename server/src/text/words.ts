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

/** The first letter of a sentence. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
