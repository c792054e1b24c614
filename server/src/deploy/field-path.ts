import type { Node } from '../yaml/node';
import { itemsOf, type List, type Mapping, scalar, textAt, unwritten, type Value } from './value';

/** A place in an object, and what stands there. */
export interface Spot {
  readonly value: Value | undefined;
  set(value: Value): void;
}

/** The steps of a dotted path of a replacement or var: `spec.containers.[name=shop].env.0`. */
export function dottedSteps(path: string): string[] {
  const steps: string[] = [];
  let step = '';
  let depth = 0;
  for (let i = 0; i < path.length; i++) {
    const letter = path[i] ?? '';
    if (letter === '\\' && path[i + 1] === '.') {
      step += '.';
      i++;
    } else if (letter === '.' && depth === 0) {
      steps.push(step);
      step = '';
    } else {
      if (letter === '[') {
        if (depth === 0 && step !== '') {
          steps.push(step);
          step = '';
        }
        depth++;
      }
      if (letter === ']') depth--;
      step += letter;
    }
  }
  steps.push(step);
  return steps.filter(one => one !== '').map(one => /^\[(\d+)\]$/.exec(one)?.[1] ?? one);
}

/** The spots that a path leads to; `by` is given where what is missing is to be made. */
export function spotsAt(root: Mapping, steps: readonly string[], by?: Node): Spot[] {
  let spots: Spot[] = [{ value: root, set: () => {} }];
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    spots = spots.flatMap(({ value, set }) => {
      let container = value;
      if (by !== undefined && (container === undefined || (container.type === 'scalar' && container.value === null))) {
        container = unwritten(by);
        set(container);
      }
      if (container?.type === 'mapping') return entrySpots(container, step, by !== undefined || isLast);
      return container?.type === 'list' ? itemSpots(container, step, by) : [];
    });
  }
  return by === undefined ? spots.filter(({ value }) => value !== undefined) : spots;
}

function entrySpots(parent: Mapping, step: string, mayMiss: boolean): Spot[] {
  if (step === '*') return [...parent.entries.keys()].flatMap(key => entrySpots(parent, key, mayMiss));
  const value = parent.entries.get(step);
  return value === undefined && !mayMiss ? [] : [{ value, set: next => parent.entries.set(step, next) }];
}

function itemSpots(parent: List, step: string, by: Node | undefined): Spot[] {
  const spot = (index: number): Spot => ({
    value: parent.items[index],
    set: next => {
      parent.items[index] = next;
    },
  });
  if (step === '*') return parent.items.map((_, index) => spot(index));
  if (step === '-') return by === undefined ? [] : [spot(parent.items.length)];
  const match = /^\[([^=]*)=(.*)\]$/s.exec(step);
  if (match === null) return Number(step) < parent.items.length ? [spot(Number(step))] : [];
  const [key = '', wanted = ''] = match.slice(1);
  const found = parent.items.flatMap((item, index) =>
    (key === '' ? textAt(item) : textAt(item, key)) === wanted ? [spot(index)] : [],
  );
  if (found.length > 0 || by === undefined) return found;
  const made = unwritten(by);
  made.entries.set(key, scalar(wanted, by));
  parent.items.push(made);
  return [spot(itemsOf(parent).length - 1)];
}
