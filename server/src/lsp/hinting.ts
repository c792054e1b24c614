import type { InlayHint, InlayHintLabelPart, Range as LspRange } from 'vscode-languageserver';
import { type Hint, type HintPart, hintsIn } from '../assist/inlay-hints';
import type { Reading } from './language';
import { linesOf, placeIn, toLspRange } from './to-lsp';

/** The hints in a part of a document that somebody sees. */
export function inlayHintsIn(reading: Reading | undefined, { start, end }: LspRange): InlayHint[] {
  if (reading === undefined || !reading.isWhole || !reading.settings.isHinting) return [];
  const { workspace, file, settings } = reading;
  const lines = linesOf(file);
  const seen = { start: lines.offsetAt(start), end: lines.offsetAt(end) };
  // Where lenses say what an object comes to, it isn't said twice.
  return hintsIn(workspace, file.path, seen, settings.isLensing ? 'objects' : 'nothing').map(hint => ({
    position: lines.positionAt(hint.offset),
    label: labelOf(hint, reading),
    paddingLeft: true,
    ...(hint.about === 'object' ? { tooltip: 'By the policies, among the pods that the manifests show.' } : {}),
  }));
}

/** In parts that lead somewhere, for editors that know these. */
function labelOf(hint: Hint, reading: Reading): string | InlayHintLabelPart[] {
  if (!reading.around.client.hintParts) return hint.parts.map(({ text }) => text).join('');
  return hint.parts.map(part => partOf(part, hint, reading));
}

function partOf({ text, leads }: HintPart, hint: Hint, { workspace, file, around }: Reading): InlayHintLabelPart {
  const place = leads && placeIn(workspace, leads);
  if (place)
    return {
      value: text,
      location: { uri: around.uriOf(place.file.path), range: toLspRange(place.file, place.range) },
    };
  if (hint.about !== 'object' || !around.client.opensPages) return { value: text };
  return {
    value: text,
    command: {
      title: 'Show who can reach this',
      command: 'kubeNetlint.showReach',
      arguments: [around.uriOf(file.path), linesOf(file).positionAt(hint.offset)],
    },
  };
}
