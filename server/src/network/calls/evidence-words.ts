import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';

/** A word of a command: an argument, or a piece of a shell script in one. */
export interface Word {
  readonly text: string;
  readonly place: Place;
  /** Whether a new command begins with it. */
  readonly isFirst: boolean;
}

/** Words, and what ends a command in a shell; quotes and brackets are left out. Each character is looked at once. */
const pieces = /[^\s"'`;|&(){}]+|[;|&()\n]/g;

/** The words of an argument list, in order. An item is a word, or a script of many. */
export function wordsOf(items: readonly Node[]): readonly Word[] {
  const words: Word[] = [];
  let isFirst = true;
  for (const node of items) {
    const text = node.text;
    if (text === undefined) continue;
    // A script begins with a command of its own, whatever stands before it: `sh -c`.
    if (/[\s;|&]/.test(text)) isFirst = true;
    for (const match of text.matchAll(pieces)) {
      if (/^[;|&()\n]$/.test(match[0])) {
        isFirst = true;
        continue;
      }
      const range = { start: match.index, end: match.index + match[0].length };
      words.push({ text: match[0], place: { in: node, range }, isFirst });
      // `until`, `while !` and the like stand before a command.
      isFirst = isFirst && /^(?:until|while|if|then|do|else|!|timeout|exec|sudo|time)$/.test(match[0]);
    }
  }
  return words;
}
