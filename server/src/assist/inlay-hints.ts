import type { Resource } from '../kube/resource';
import type { Range } from '../text/range';
import { visible } from '../text/visible';
import type { Workspace } from '../workspace/workspace';
import { besideFlowOf, besideOf } from '../yaml/beside';
import type { Node } from '../yaml/node';
import { isWrittenIn, type Made, madeOf, objectsIn, type Shown } from './objects';
import { portNamesOf } from './port-names';
import { type Selection, selectionsOf } from './selections';
import { sumOf } from './sums';

/** A few words that stand beside what is written. */
export interface Hint {
  /** Where in the file. */
  readonly offset: number;
  readonly parts: readonly HintPart[];
  readonly about: 'selector' | 'port' | 'object';
}

export interface HintPart {
  readonly text: string;
  /** Where whoever follows it gets. */
  readonly leads?: Node;
}

/** What is to be left out, for it is said elsewhere. */
export type Without = 'nothing' | 'objects';

/**
 * What the fields in a stretch of a file mean now: the pods of a selector, the number or name of a port, what a policy or
 * workload comes to. Where an object is made into several, only what is true of all.
 */
export function hintsIn(workspace: Workspace, path: string, range: Range, without: Without): readonly Hint[] {
  return objectsIn(workspace, path, range).flatMap(shown => {
    const [first, ...others] = madeOf(workspace, shown.written).map(made => hintsOf(shown, made, range, without));
    if (first === undefined) return [];
    const known = others.map(hints => new Set(hints.map(keyOf)));
    return first.filter(hint => known.every(keys => keys.has(keyOf(hint))));
  });
}

const keyOf = ({ offset, parts }: Hint) => `${offset} ${parts.map(({ text }) => text).join('')}`;

function hintsOf(shown: Shown, { resource, view }: Made, range: Range, without: Without): readonly Hint[] {
  const placed = (at: Node, about: Hint['about'], partsOf: () => readonly HintPart[]): readonly Hint[] => {
    const besideHere = about === 'object' ? besideFlowOf : besideOf;
    const beside = at.exists && isWrittenIn(shown, at) ? besideHere(at) : undefined;
    if (beside === undefined) return [];
    const offset = shown.start + beside;
    if (offset < range.start || offset > range.end) return [];
    const parts = partsOf();
    return parts.length > 0 ? [{ offset, parts, about }] : [];
  };
  const sum = () => {
    const text = sumOf(resource, view);
    return text === undefined ? [] : [{ text }];
  };
  return [
    ...(without === 'objects' ? [] : placed(resource.name, 'object', sum)),
    ...selectionsOf(resource, view).flatMap(one => placed(one.at, 'selector', () => podsOf(one, { resource, view }))),
    ...portNamesOf(resource, view).flatMap(({ at, meaningOf }) =>
      placed(at, 'port', () => {
        const meaning = meaningOf();
        return meaning ? [{ text: '= ' }, { text: inShort(meaning.text), leads: meaning.declared }] : [];
      }),
    ),
  ];
}

/** VS Code cuts what is longer off, unless somebody sets another length. */
const longest = 43;
const lead = '⟵ pods of ';
/** Names of objects have 63 characters at most, mostly. */
const mostOfName = 24;

/** `⟵ pods of cart, web and 2 more`, or `⟵ none`. What is of another namespace says so. */
function podsOf({ workloadsOf, mayBeMore }: Selection, { resource, view }: Made): readonly HintPart[] {
  const workloads = workloadsOf();
  if (workloads.length === 0) return mayBeMore() ? [] : [{ text: '⟵ none' }];
  const home = view.homeOf(resource);
  const names = new Map<string, Resource>();
  for (const workload of workloads) {
    const there = view.homeOf(workload);
    const name = workload.name.text ?? '(unnamed)';
    const full = home === undefined || there === undefined || there === home ? name : `${there}/${name}`;
    if (!names.has(full)) names.set(full, workload);
  }
  const shown = fitting([...names]);
  const parts = shown.flatMap(([name, workload], i): HintPart[] => [
    { text: i === 0 ? lead : ', ' },
    { text: name, leads: workload.name },
  ]);
  return names.size > shown.length ? [...parts, { text: andMore(names.size - shown.length) }] : parts;
}

/** As many as a hint has room for; the first in any case. */
function fitting<T>(names: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  const room = longest - lead.length;
  const short = names.slice(0, room).map(([name, of]) => [inShort(name), of] as const);
  const widthOf = (count: number) => {
    const rest = names.length > count ? andMore(names.length - count) : '';
    return (
      short
        .slice(0, count)
        .map(([name]) => name)
        .join(', ').length + rest.length
    );
  };
  let count = short.length;
  while (count > 1 && widthOf(count) > room) count--;
  return short.slice(0, count);
}

const andMore = (count: number) => ` and ${count} more`;

function inShort(name: string): string {
  const text = visible(name);
  return text.length > mostOfName ? `${text.slice(0, mostOfName - 1)}…` : text;
}
