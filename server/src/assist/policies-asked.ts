import { lineOf } from '../lint/place';
import { openedCall } from '../network/answers/allow-call';
import { endTableOf } from '../network/answers/end-table';
import { connectivityPieces } from '../network/answers/formats';
import { isolationFor } from '../network/answers/isolate';
import { connectivityNotes } from '../network/answers/notes';
import { meaningOf } from '../network/answers/questions';
import { visible } from '../text/visible';
import { counted, listed, quoted } from '../text/words';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';
import { printManifests } from '../yaml/manifests';

/** What somebody asked for: a text to look at, where there is one, and a sentence about it. */
export interface Told {
  readonly sentence: string;
  readonly text?: string;
}

/** The policies that isolate a namespace, and above them what isn't known. */
export function isolationOfNamespace(workspace: Workspace, view: ClusterView, name: string): Told {
  const namespace = view.judgedNamespaces.find(one => one.name === name);
  if (namespace === undefined) return { sentence: `The manifests show no namespace ${quoted(visible(name))}.` };
  const { policies, notes } = isolationFor(namespace, namespace.isAssumed ? undefined : namespace.name);
  if (policies.length === 0)
    return { sentence: `Nothing to add: what the manifests show of ${quoted(visible(name))} is isolated already.` };
  const doubts = notes.length === 0 ? '' : ` ${capitalCounted(notes.length)} not known: see the first lines.`;
  return {
    sentence: `${policies.length === 1 ? '1 policy' : `${policies.length} policies`}, not written anywhere yet.${doubts}`,
    text: printManifests(policies, at => lineOf(workspace, at)),
  };
}

/** The policies that open what one end asks of another. */
export function openedCallIn(workspace: Workspace, view: ClusterView, from: string, to: string): Told {
  const table = endTableOf(view);
  const ends = [from, to].map(name => ({ name, ...meaningOf(name, table) }));
  for (const { name, ends: meant, nearest } of ends) {
    if (meant.length === 1) continue;
    const shown = quoted(visible(name));
    if (meant.length > 1) {
      const some = listed(
        meant.slice(0, 5).map(({ id }) => visible(id)),
        'or',
      );
      return { sentence: `${shown} may mean ${some}: say which.` };
    }
    const hint = nearest === undefined ? '' : ` Did you mean ${quoted(visible(nearest))}?`;
    return { sentence: `The manifests show no pods called ${shown}.${hint}` };
  }
  const [source, target] = ends.flatMap(({ ends: [end] }) => end ?? []);
  if (source === undefined || target === undefined) return { sentence: 'A call needs two ends.' };
  const opened = openedCall(source, target, table, view);
  if ('reason' in opened) return { sentence: visible(opened.reason) };
  const text = printManifests(opened.policies, at => lineOf(workspace, at));
  return { sentence: 'Not written anywhere yet.', text };
}

/** The names that a call can be asked of by, sorted. */
export const endNamesIn = (view: ClusterView): readonly string[] => endTableOf(view).ends.map(({ id }) => id);

/** What the policies allow, as `kube-netlint connectivity` prints it, under where the answer may differ. */
export function connectivityOf(view: ClusterView): Told {
  const lines: string[] = [];
  let size = 0;
  for (const piece of connectivityPieces(view, 'txt')) {
    if (size > mostCharacters) {
      lines.push('# … and more: `kube-netlint connectivity` prints all.\n');
      break;
    }
    const line = `${visible(piece.slice(0, -1))}\n`;
    lines.push(line);
    size += line.length;
  }
  if (lines.length === 0) return { sentence: 'The manifests show no pods, so nobody talks to anybody.' };
  const notes = connectivityNotes(view).map(note => `# ${visible(note)}\n`);
  const more = size > mostCharacters ? 'More than ' : '';
  return { sentence: `${more}${counted(lines.length, 'connection')}.`, text: [...notes, ...lines].join('') };
}

/** An editor that is sent more stands still. */
const mostCharacters = 2_000_000;

const capitalCounted = (count: number) => (count === 1 ? '1 thing is' : `${count} things are`);
