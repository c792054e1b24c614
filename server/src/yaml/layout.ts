import { memo } from '../text/maps';
import type { YamlDocument } from './document';
import type { Layout } from './print';
import type { Tree } from './tree';

/** The line end a text uses. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** Spaces between the start of the line and an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset);
}

export function lineStartOf(text: string, offset: number): number {
  // A search that begins before the text finds a line end that is its first character.
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line end. */
export function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** How a document indents: taken from its first nested mapping and its first list. */
export const layoutOf = memo(
  (document: YamlDocument): Layout => {
    const found = { step: 0, sequenceStep: -1 };
    measure(document.root.tree, document.text, found);
    const step = found.step || 2;
    return { step, sequenceStep: found.sequenceStep === -1 ? 2 : found.sequenceStep };
  },
  ({ reading }) => reading,
);

function measure(tree: Tree | undefined, text: string, found: { step: number; sequenceStep: number }): void {
  if (found.step > 0 && found.sequenceStep >= 0) return;
  if (tree?.type === 'sequence' && !tree.flow) for (const item of tree.items) measure(item, text, found);
  if (tree?.type !== 'map' || tree.flow) return;
  for (const { key, value } of tree.pairs) {
    const column = columnOf(text, key.start);
    if (value?.type === 'map' && !value.flow && found.step === 0 && value.pairs[0]) {
      found.step = Math.max(0, columnOf(text, value.pairs[0].key.start) - column);
    }
    if (value?.type === 'sequence' && !value.flow && found.sequenceStep === -1) {
      const dash = value.dashes[0] ?? -1;
      if (dash >= 0) found.sequenceStep = Math.max(0, columnOf(text, dash) - column);
    }
    measure(value, text, found);
  }
}
