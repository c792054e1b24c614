import { YamlDocument } from '../../yaml/document';
import { nodeAt } from '../../yaml/find';
import { lineEndAt, lineStartOf } from '../../yaml/layout';
import type { Node } from '../../yaml/node';
import { type Part, skeletonAround, thinnedAround } from './thinned';
import { type WordAt, wordAt } from './word-at';

/** A document that somebody types in, made whole: a mark stands for the word at the cursor. */
export interface Mended {
  readonly word: WordAt;
  /** The place of what is typed: its key, or its value, is the mark. */
  readonly node: Node;
  readonly isKey: boolean;
  readonly isFlow: boolean;
  readonly document: YamlDocument;
}

/** Stands for the word at the cursor, as nobody writes it; among the keys of settings it looks like one of them. */
export const mark = 'kube-netlint-cursor';

/**
 * The document around a cursor as it would read with a word there, by the smallest change that makes it whole: a colon
 * behind a key that has none, a bracket or quote that isn't closed yet. Where the rest is broken too, it is left out.
 */
export function mendedAt(text: string, offset: number): Mended | undefined {
  for (const { text: part, by } of partsOf(text, offset)) {
    let isRead = false;
    for (const place of ['block', 'flow'] as const) {
      const word = wordAt(part, offset - by, place);
      if (word === undefined) continue;
      for (const attempt of attempts(part, word)) {
        const document = YamlDocument.ofReadable(attempt.text);
        if (document === undefined) continue;
        isRead = true;
        const found = placeOf(attempt, document);
        if (found !== undefined) return { ...found, word: shifted(word, by) };
      }
    }
    // It reads, and no word may stand here: in another reading one would be made up.
    if (isRead) return undefined;
  }
  return undefined;
}

/** Longer documents are looked at without the items of the lists that the cursor is not in. */
const long = 60_000;

/** The whole, all up to the line of the cursor, and what that line stands in: each is broken less often. */
function* partsOf(text: string, offset: number): Iterable<Part> {
  const line = { start: lineStartOf(text, offset), end: lineEndAt(text, offset) };
  if (line.end - line.start > longestLine) return;
  if (text.length > long) yield thinnedAround(text, offset);
  else {
    yield { text, by: 0 };
    yield { text: text.slice(0, line.end), by: 0 };
  }
  yield skeletonAround(text, offset);
}

/** Nobody types in longer ones. */
const longestLine = 10_000;

interface Attempt {
  readonly text: string;
  /** Of the mark. */
  readonly at: number;
}

function* attempts(text: string, word: WordAt): Iterable<Attempt> {
  const ends = word.closers === '' ? [''] : ['', word.closers];
  const forms = word.isKey ? [mark] : word.isFirst ? [`${mark}:`, mark] : [mark];
  for (const form of forms) {
    for (const closers of ends) {
      const end = lineEndAt(text, word.end);
      const rest = text.slice(word.end, end) + closers + text.slice(end);
      yield { text: text.slice(0, word.start) + word.lead + form + rest, at: word.start + word.lead.length };
    }
  }
}

/** The node of the mark, if that is a key or a value of its own. */
function placeOf({ text, at }: Attempt, document: YamlDocument): Omit<Mended, 'word'> | undefined {
  const node = nodeAt(document, at);
  const isKey = node.key === mark;
  if (node.parent === undefined || !(isKey || node.string === mark)) return undefined;
  const { tree } = node.parent;
  const isFlow = tree !== undefined && tree.type !== 'scalar' && tree.flow;
  // A key of its own line in brackets would be a mapping of one: what is meant is the item.
  if (isKey && isFlow && text.startsWith(`${mark}:`, at) && node.parent.parent?.isSequence) return undefined;
  return { node, isKey, isFlow, document };
}

const shifted = (word: WordAt, by: number): WordAt => ({
  ...word,
  start: word.start + by,
  end: word.end + by,
  innerStart: word.innerStart + by,
  innerEnd: word.innerEnd + by,
});
