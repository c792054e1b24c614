/** `'a', 'b' and 'c'`. */
export function listed(words: readonly string[]): string {
  const quoted = words.map(word => `'${word}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}

/** The first letter of a sentence. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
