import type { FileEdits } from '../server/src/lint/fix';
import { applyEdits, type TextEdit } from '../server/src/text/range';
import type { Workspace } from '../server/src/workspace/workspace';
import { splitDocuments } from '../server/src/yaml/document';

/** How edits break what every fix promises of the text: sound YAML, comments, line ends. */
export function faultsIn(workspace: Workspace, { changed }: FileEdits): string[] {
  return [...changed].flatMap(([file, edits]) => {
    const old = workspace.files.get(file)?.text ?? '';
    const now = applyEdits(old, edits);
    return [
      ...(edits.length === 0 ? ['nothing changes'] : []),
      ...(problemsIn(now) > problemsIn(old) ? ['the YAML breaks'] : []),
      ...commentsIn(untouched(old, edits)).flatMap(comment => (now.includes(comment) ? [] : [`lost: ${comment}`])),
      ...(old.includes('\r\n') && now.replaceAll('\r\n', '').includes('\n') ? ['line ends differ'] : []),
      ...(now.endsWith('\n') === old.endsWith('\n') ? [] : ['the end of the file differs']),
    ].map(fault => `${file}: ${fault}`);
  });
}

const problemsIn = (text: string) =>
  splitDocuments(text).reduce((sum, { document }) => sum + document.problems.length, 0);

function commentsIn(text: string): string[] {
  return text.split(/\r?\n/).flatMap(line => /(?:^|\s)(#.*)$/.exec(line)?.[1]?.trimEnd() ?? []);
}

/** The text with what the edits take out left blank: a comment inside of that goes with it. */
function untouched(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(
    (rest, { range }) => rest.slice(0, range.start) + ' '.repeat(range.end - range.start) + rest.slice(range.end),
    text,
  );
}
