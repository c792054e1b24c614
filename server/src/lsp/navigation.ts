import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  type Position,
  type PrepareRenameResult,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { definitionAt } from '../assist/definition';
import { linksIn } from '../assist/document-links';
import type { FilePlace } from '../assist/places';
import { highlightsAt, usesAt } from '../assist/references';
import { renameableAt, renamedAt } from '../assist/rename';
import type { Reading } from './language';
import { linesOf, toLspRange } from './to-lsp';
import { groupedEdit } from './workspace-edit';

/** A reading in which all that objects have to do with each other can be told, and the offset of a position in it. */
function placed(reading: Reading | undefined, position: Position) {
  if (!reading?.isWhole) return undefined;
  const { workspace, file } = reading;
  return { reading, workspace, path: file.path, offset: linesOf(file).offsetAt(position) };
}

export function definitionIn(asked: Reading | undefined, position: Position): LocationLink[] | Location[] | null {
  const at = placed(asked, position);
  const definition = at && definitionAt(at.workspace, at.path, at.offset);
  if (at === undefined || definition === undefined) return null;
  const { reading, workspace } = at;
  const { around } = reading;
  if (!around.client.definitionLinks) {
    return definition.destinations.flatMap(({ path, name }) => locationOf(reading, { path, range: name }));
  }
  const originSelectionRange = toLspRange(reading.file, definition.range);
  return definition.destinations.flatMap(({ path, range, name }): LocationLink[] => {
    const file = workspace.files.get(path);
    if (file === undefined) return [];
    return [
      {
        originSelectionRange,
        targetUri: around.uriOf(path),
        targetRange: toLspRange(file, range),
        // What a list of several shows of each: the line with the name, and not the first one of the object.
        targetSelectionRange: toLspRange(file, name),
      },
    ];
  });
}

export function referencesIn(
  asked: Reading | undefined,
  position: Position,
  { includeDeclaration }: { readonly includeDeclaration: boolean },
): Location[] | null {
  const at = placed(asked, position);
  if (at === undefined) return null;
  const uses = usesAt(at.workspace, at.path, at.offset).filter(({ isOwn }) => includeDeclaration || !isOwn);
  return uses.length === 0 ? null : uses.flatMap(use => locationOf(at.reading, use));
}

function locationOf({ workspace, around }: Reading, { path, range }: FilePlace): Location[] {
  const file = workspace.files.get(path);
  return file ? [{ uri: around.uriOf(path), range: toLspRange(file, range) }] : [];
}

export function highlightsIn(asked: Reading | undefined, position: Position): DocumentHighlight[] | null {
  const at = placed(asked, position);
  if (at === undefined) return null;
  const uses = highlightsAt(at.workspace, at.path, at.offset);
  if (uses.length === 0) return null;
  return uses.map(({ range, isOwn }) => ({
    range: toLspRange(at.reading.file, range),
    kind: isOwn ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

export function documentLinksIn(reading: Reading | undefined): DocumentLink[] | null {
  if (!reading?.isWhole) return null;
  const { workspace, file, around } = reading;
  return linksIn(workspace, file.path).map(({ range, target }) => ({
    range: toLspRange(file, range),
    target: around.uriOf(target),
  }));
}

export function renameRangeIn(
  asked: Reading | undefined,
  position: Position,
): PrepareRenameResult | ResponseError<void> {
  const at = placed(asked, position);
  if (at === undefined) return notYet;
  const found = renameableAt(at.workspace, at.path, at.offset);
  if ('refusal' in found) return refused(found.refusal);
  return { range: toLspRange(at.reading.file, found.range), placeholder: found.name };
}

export function renameIn(
  asked: Reading | undefined,
  position: Position,
  to: string,
): WorkspaceEdit | ResponseError<void> {
  const at = placed(asked, position);
  if (at === undefined) return notYet;
  const groups = renamedAt(at.workspace, at.path, at.offset, to.trim());
  if ('refusal' in groups) return refused(groups.refusal);
  return groupedEdit(groups, at.workspace, at.reading.around);
}

const refused = (reason: string) => new ResponseError<void>(LSPErrorCodes.RequestFailed, reason);
const notYet = refused('Not all files are read yet.');
