import { isPlaceholder } from '../kube/placeholder';
import { add } from '../text/maps';
import { moved, type Range, type TextEdit } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import { Edits } from '../yaml/edit';
import type { Node } from '../yaml/node';
import type { Placed } from './mentions/build-mentions';
import type { Sort, Spot } from './mentions/mention';
import { mentionedAt } from './mentions/mentioned-at';
import { occurrencesOf } from './mentions/occurrences';
import { placeOfSpot } from './places';
import { collisionOf } from './rename-collisions';
import { doubtAbout } from './rename-doubts';
import { type Subject, subjectOf } from './rename-subject';

/** Why something is not renamed, in a sentence. */
export interface Refusal {
  readonly refusal: string;
}

/** A name that can be changed, where the cursor is. */
export interface Renameable {
  readonly range: Range;
  readonly name: string;
}

/** What a rename changes: one sort of places. */
export interface RenameGroup {
  readonly sort: Sort;
  readonly label: string;
  /** By file. */
  readonly changed: ReadonlyMap<string, readonly TextEdit[]>;
}

export function renameableAt(workspace: Workspace, path: string, offset: number): Renameable | Refusal {
  const found = foundAt(workspace, path, offset);
  if ('refusal' in found) return found;
  const { subject, range } = found;
  const occurrences = occurrencesOf(workspace, subject.mentions);
  const refusal = refusalOf(workspace, subject, occurrences);
  if (refusal !== undefined) return { refusal };
  const groups = groupsOf(workspace, subject, occurrences, subject.name);
  return 'refusal' in groups ? groups : { range, name: subject.name };
}

/** The edits that give what is named at a cursor another name, wherever builds name it; or why there are none. */
export function renamedAt(
  workspace: Workspace,
  path: string,
  offset: number,
  to: string,
): readonly RenameGroup[] | Refusal {
  const found = foundAt(workspace, path, offset);
  if ('refusal' in found) return found;
  const { subject } = found;
  const occurrences = occurrencesOf(workspace, subject.mentions);
  const refusal =
    subject.faultIn(to) ??
    refusalOf(workspace, subject, occurrences) ??
    collisionOf(workspace, subject, occurrences, to);
  if (refusal !== undefined) return { refusal };
  return to === subject.name ? [] : groupsOf(workspace, subject, occurrences, to);
}

function foundAt(
  workspace: Workspace,
  path: string,
  offset: number,
): { readonly subject: Subject; readonly range: Range } | Refusal {
  const mentioned = mentionedAt(workspace, path, offset);
  const subject = mentioned && subjectOf(mentioned.all);
  if (mentioned && subject) return { subject, range: mentioned.range };
  return {
    refusal:
      'Only names of Services, Gateways, ConfigMaps, Secrets, namespaces and ports, and labels can be renamed here.',
  };
}

function refusalOf(workspace: Workspace, subject: Subject, occurrences: readonly Placed[]): string | undefined {
  const isNamespace = subject.means.about === 'object' && subject.means.kind === 'Namespace';
  if (isNamespace && /^(?:default|kube-.*)$/.test(subject.name)) return `Every cluster has the ${subject.title}.`;
  if (isPlaceholder(subject.name)) return `The ${subject.title} is filled in later, so it can't be renamed.`;
  if (subject.isForPrograms || occurrences.some(({ isOwn, member }) => isOwn && member.namespace === 'kube-system')) {
    return `The ${subject.title} can't be renamed: programs of the cluster know it by its name.`;
  }
  if (!isNamespace && !occurrences.some(({ isOwn }) => isOwn)) return `No manifest here holds the ${subject.title}.`;
  return fixedPlace(workspace, subject, occurrences) ?? doubtAbout(workspace, subject, occurrences);
}

/** A place whose text is other than the name: something makes the one out of the other. */
function fixedPlace(
  workspace: Workspace,
  { name, title }: Subject,
  occurrences: readonly Placed[],
): string | undefined {
  for (const { at, build } of occurrences) {
    const { node, part } = at;
    if (part === 'key' && isHidden(node)) {
      return `The ${title} can't be renamed: the build of '${build.name}' writes it over one that is there${shown(workspace, at)}.`;
    }
    const written = part === 'key' ? String(node.written.key) : node.written.string;
    if ((part === 'key' || part === 'value') && written !== name) {
      return `The ${title} can't be renamed: the build of '${build.name}' makes it of '${written ?? ''}'${shown(workspace, at)}.`;
    }
  }
  return undefined;
}

/** Whether a key that a build brings stands over one of the object itself, which would come back. */
function isHidden({ key, parent, written }: Node): boolean {
  const own = parent?.written.at(key ?? '');
  return own !== undefined && own !== written && own.exists;
}

function shown(workspace: Workspace, at: Spot): string {
  const place = placeOfSpot(workspace, at);
  if (place === undefined) return '';
  const text = workspace.files.get(place.path)?.text ?? '';
  return ` (${place.path}:${text.slice(0, place.range.start).split('\n').length})`;
}

function groupsOf(
  workspace: Workspace,
  subject: Subject,
  occurrences: readonly Placed[],
  to: string,
): readonly RenameGroup[] | Refusal {
  const bySort = new Map<Sort, Spot[]>();
  for (const { at, sort } of distinct(workspace, occurrences)) add(bySort, sort, at);
  const groups: RenameGroup[] = [];
  for (const [sort, spots] of bySort) {
    const changed = new Map<string, TextEdit[]>();
    for (const spot of spots) {
      const own = editsAt(workspace, spot, to);
      if (own === undefined) {
        return {
          refusal: `The ${subject.title} can't be renamed: it can't be changed exactly${shown(workspace, spot)}.`,
        };
      }
      for (const [path, edits] of own) add(changed, path, ...edits);
    }
    groups.push({
      sort,
      label: `${labels[sort]} (${spots.length})`,
      changed,
    });
  }
  return groups;
}

const labels: Readonly<Record<Sort, string>> = {
  names: 'Names',
  labels: 'Labels',
  selectors: 'Selectors',
  ports: 'Ports',
  references: 'References',
  backends: 'Backends',
  addresses: 'Addresses in settings',
  namespaces: 'Namespaces',
  patches: 'Patches',
  files: 'Files',
};

/** Each written place once, whatever many builds make of it. */
function distinct(workspace: Workspace, occurrences: readonly Placed[]): readonly Placed[] {
  const known = new Map<string, Placed>();
  const unplaced: Placed[] = [];
  for (const placed of occurrences) {
    const place = placeOfSpot(workspace, placed.at);
    if (place === undefined) unplaced.push(placed);
    else {
      const key = `${place.path} ${place.range.start} ${place.range.end}`;
      if (!known.has(key)) known.set(key, placed);
    }
  }
  return [...known.values(), ...unplaced];
}

/** The edits of one place by file; undefined where they can't be made exactly. */
function editsAt(workspace: Workspace, spot: Spot, to: string): readonly (readonly [string, TextEdit[]])[] | undefined {
  const { part } = spot;
  const { written } = spot.node;
  // Of what a build puts together, a part that is as it is written is changed where that is.
  if (typeof part !== 'string' && written.string !== spot.node.string) return undefined;
  const edits = new Edits();
  if (part === 'key') edits.rename(written, to);
  else if (part === 'value') edits.set(written, to);
  else edits.replace({ in: written, range: part }, to);
  const found: (readonly [string, TextEdit[]])[] = [];
  for (const { document, edits: own } of edits.result()?.documents ?? []) {
    const place = workspace.placeOf(document);
    if (place === undefined) return undefined;
    found.push([place.file.path, own.map(({ range, text }) => ({ range: moved(range, place.start), text }))]);
  }
  return found.length === 0 ? undefined : found;
}
