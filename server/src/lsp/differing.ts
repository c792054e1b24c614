import type { Position } from 'vscode-languageserver';
import { type ChangeIn, changedPolicies, changesSince } from '../assist/change-here';
import { differenceMarkdown, differenceText, summaryOf } from '../assist/difference-words';
import { code } from '../assist/markdown';
import { whyNothing } from '../assist/reach-here';
import type { Reading } from './language';
import { inSlices } from './slices';
import { linesOf } from './to-lsp';

/** The text that a file had; null where there was none. */
export interface Committed {
  readonly uri: string;
  readonly text: string | null;
}

export interface DifferenceParams {
  readonly textDocument: { readonly uri: string };
  readonly before: readonly Committed[];
}

export interface DifferenceAnswer {
  /** One sentence. */
  readonly summary: string;
  readonly text: string;
  readonly markdown: string;
  /** Where in the document policies begin that are others than before. */
  readonly policies: readonly Position[];
}

export async function differenceAnswer(
  reading: Reading | undefined,
  before: readonly Committed[],
): Promise<DifferenceAnswer | null> {
  if (reading === undefined || !reading.isWhole) return null;
  const { workspace, file } = reading;
  const texts = pathsOf(before, reading);
  const changes = await inSlices(changesSince(workspace, texts));
  const own = new Map(texts);
  const changed = own.has(file.path) ? changedPolicies(workspace, file.path, own.get(file.path)) : [];
  return {
    summary: summaryIn(changes),
    text: textIn(changes),
    markdown: markdownIn(changes),
    policies: changed.map(offset => linesOf(file).positionAt(offset)),
  };
}

export async function differenceTextOf(reading: Reading | undefined, before: readonly Committed[]): Promise<string> {
  return (await differenceAnswer(reading, before))?.text ?? `${whyNothing.unread}\n`;
}

/** Only files of the same folder mean anything together. */
function pathsOf(before: readonly Committed[], { pathOf }: Reading): readonly [string, string | undefined][] {
  return before.flatMap(({ uri, text }): readonly [string, string | undefined][] => {
    const path = pathOf(uri);
    return path === undefined ? [] : [[path, text ?? undefined]];
  });
}

const nothing = 'No connection changes.';

function summaryIn(changes: readonly ChangeIn[]): string {
  const [first, ...others] = changes;
  if (first === undefined) return nothing;
  return others.length === 0 ? summaryOf(first.told) : `Connections change in ${changes.length} clusters.`;
}

function textIn(changes: readonly ChangeIn[]): string {
  if (changes.length === 0) return `${nothing}\n`;
  const texts = changes.map(({ cluster, told }) => {
    return `${changes.length > 1 ? `In ${cluster}:\n` : ''}${differenceText(told)}`;
  });
  return texts.join('\n');
}

function markdownIn(changes: readonly ChangeIn[]): string {
  const title = '# What the changes since the last commit open and close';
  if (changes.length === 0) return `${title}\n\n**${nothing}**\n`;
  const parts = changes.map(({ cluster, told }) => {
    return `${changes.length > 1 ? `## In ${code(cluster)}\n\n` : ''}${differenceMarkdown(told, '')}`;
  });
  return `${title}\n\n${parts.join('\n')}`;
}
