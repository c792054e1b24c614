import { memo } from '../text/maps';
import type { Node } from '../yaml/node';

export type Labels = ReadonlyMap<string, string>;

export const noLabels: Labels = new Map();

/** Labels as written: values that are no strings are what the API server would refuse, so they are left out. */
export function labelsOf(node: Node): Labels {
  const labels = new Map<string, string>();
  for (const entry of node.entries()) {
    const value = entry.string ?? (entry.exists && entry.isEmpty ? '' : undefined);
    if (value !== undefined) labels.set(String(entry.key), value);
  }
  return labels;
}

export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: ReadonlySet<string>;
  /** Where it is written: the entry of matchLabels, or the item of matchExpressions. */
  readonly node: Node;
}

/** A metav1.LabelSelector: all requirements must hold; without any it matches everything. */
export class Selector {
  constructor(
    readonly requirements: readonly Requirement[],
    /** False when an expression can't be understood, so that nothing may be concluded from a mismatch. */
    readonly isSound: boolean,
  ) {}

  get isEmpty(): boolean {
    return this.isSound && this.requirements.length === 0;
  }

  matches(labels: Labels): boolean {
    return this.isSound && this.requirements.every(requirement => holds(requirement, labels));
  }

  /** One text for selectors that match the same labels for the same reasons. */
  get key(): string {
    const parts = this.requirements.map(
      ({ key, operator, values }) => `${key} ${operator} ${[...values].sort().join(',')}`,
    );
    return `${this.isSound}:${parts.sort().join(';')}`;
  }
}

export function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.has(value);
    case 'NotIn':
      return value === undefined || !values.has(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** @source kubernetes/apimachinery:pkg/apis/meta/v1/types.go (0.35) */
const operators: ReadonlyMap<string, Operator> = new Map([
  ['In', 'In'],
  ['NotIn', 'NotIn'],
  ['Exists', 'Exists'],
  ['DoesNotExist', 'DoesNotExist'],
]);

/** Reads a metav1.LabelSelector (matchLabels and matchExpressions). Whether null means all or none is the caller's. */
export const selectorOf = memo((node: Node): Selector => {
  const requirements: Requirement[] = [];
  let isSound = node.isMapping || node.isEmpty;
  for (const entry of node.at('matchLabels').entries()) {
    if (entry.string === undefined && !entry.isEmpty) isSound = false;
    requirements.push({ key: String(entry.key), operator: 'In', values: new Set([entry.string ?? '']), node: entry });
  }
  for (const item of node.at('matchExpressions').items()) {
    const key = item.at('key').string;
    const operator = operators.get(item.at('operator').string ?? '');
    if (key === undefined || operator === undefined) {
      isSound = false;
      continue;
    }
    const values = new Set(
      item
        .at('values')
        .items()
        .flatMap(value => value.text ?? []),
    );
    if ((operator === 'In' || operator === 'NotIn') && values.size === 0) isSound = false;
    requirements.push({ key, operator, values, node: item });
  }
  return new Selector(requirements, isSound);
});

/** A plain map of labels, as in `Service.spec.selector`: all must be there. */
export function equalitySelectorOf(node: Node): Selector {
  const requirements = node.entries().map((entry): Requirement => {
    return { key: String(entry.key), operator: 'In', values: new Set([entry.text ?? '']), node: entry };
  });
  return new Selector(requirements, node.isMapping || node.isEmpty);
}
