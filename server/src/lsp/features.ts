import type { Connection, Disposable } from 'vscode-languageserver';
import { readingMentions } from '../assist/mentions/build-mentions';
import { requestNames } from '../host/command-names';
import { textCommands } from './client';
import { answerCommand, type Whole } from './commands';
import { type DifferenceParams, differenceAnswer } from './differing';
import { inlayHintsIn } from './hinting';
import { completionIn, hoverIn, type Reading, symbolsIn } from './language';
import { codeLensesIn, resolvedLens } from './lensing';
import { type MapQuestion, mapIn } from './map-answer';
import { definitionIn, documentLinksIn, highlightsIn, referencesIn, renameIn, renameRangeIn } from './navigation';
import { holdsObjects, type ObjectsParams, type ReachParams, reachAnswer } from './reaching';
import { inSlices } from './slices';
import { answered } from './text-commands';
import { workspaceSymbolsIn } from './workspace-symbols';

/** Answers what people ask while they read and write: each answer is a function of the text and what is around it. */
export function answerReaders(connection: Connection, readingOf: (uri: string) => Reading | undefined): Disposable[] {
  return [
    connection.onHover(({ textDocument, position }) => hoverIn(readingOf(textDocument.uri), position)),
    connection.onCompletion(({ textDocument, position, context }) =>
      completionIn(readingOf(textDocument.uri), position, context?.triggerCharacter),
    ),
    connection.onDocumentSymbol(({ textDocument }) => symbolsIn(readingOf(textDocument.uri))),
    ...answerNavigators(connection, readingOf),
    ...answerOnlookers(connection, readingOf),
  ];
}

/** What leads from a name to what it means, and back, or gives it another. */
function answerNavigators(connection: Connection, readingOf: (uri: string) => Reading | undefined): Disposable[] {
  return [
    connection.onDefinition(({ textDocument, position }) => definitionIn(readingOf(textDocument.uri), position)),
    connection.onReferences(async ({ textDocument, position, context }) =>
      referencesIn(await withMentions(readingOf, textDocument.uri), position, context),
    ),
    connection.onDocumentHighlight(({ textDocument, position }) => highlightsIn(readingOf(textDocument.uri), position)),
    connection.onDocumentLinks(({ textDocument }) => documentLinksIn(readingOf(textDocument.uri))),
    connection.onPrepareRename(({ textDocument, position }) => renameRangeIn(readingOf(textDocument.uri), position)),
    connection.onRenameRequest(async ({ textDocument, position, newName }) =>
      renameIn(await withMentions(readingOf, textDocument.uri), position, newName),
    ),
  ];
}

/** Reads what all builds name, in slices: of thousands it takes seconds. A text that was edited meanwhile is another. */
async function withMentions(readingOf: (uri: string) => Reading | undefined, uri: string) {
  const reading = readingOf(uri);
  if (!reading?.isWhole) return reading;
  await inSlices(readingMentions(reading.workspace.builds));
  const now = readingOf(uri);
  return now?.file === reading.file ? now : undefined;
}

/** What is said beside the text: of the pods that it means, who reaches them, and what a change does. */
function answerOnlookers(connection: Connection, readingOf: (uri: string) => Reading | undefined): Disposable[] {
  return [
    connection.onRequest(requestNames.map, (asked: MapQuestion) => mapIn(readingOf(asked.uri), asked)),
    connection.languages.inlayHint.on(({ textDocument, range }) => inlayHintsIn(readingOf(textDocument.uri), range)),
    connection.onCodeLens(({ textDocument }) => codeLensesIn(readingOf(textDocument.uri))),
    connection.onCodeLensResolve(lens => resolvedLens(lens, readingOf)),
    connection.onRequest(requestNames.reach, ({ textDocument, position }: ReachParams) =>
      reachAnswer(readingOf(textDocument.uri), position),
    ),
    connection.onRequest(requestNames.hasObjects, ({ textDocument }: ObjectsParams) =>
      holdsObjects(readingOf(textDocument.uri)),
    ),
    connection.onRequest(requestNames.difference, ({ textDocument, before }: DifferenceParams) =>
      differenceAnswer(readingOf(textDocument.uri), before),
    ),
  ];
}

/** Answers what is asked of all that is open. */
export function answerAskers(
  connection: Connection,
  whole: Whole,
  readingOf: (uri: string) => Reading | undefined,
): Disposable[] {
  return [
    connection.onWorkspaceSymbol(({ query }) => workspaceSymbolsIn(whole, query)),
    connection.onExecuteCommand(params => {
      const { command, arguments: given = [] } = params;
      const isText = textCommands.includes(command);
      return isText ? answered(command, given, readingOf) : answerCommand(connection, whole, params);
    }),
  ];
}
