import type { Labels, Requirement, Selector } from './labels';

/** Undefined: the manifests don't tell. */
export type Truth = boolean | undefined;

/** The value of a label; null where it is surely absent, undefined where nobody can tell. */
export type LabelFacts = (key: string) => string | null | undefined;

/** Facts from labels that are all there is. */
export function factsOf(labels: Labels): LabelFacts {
  return key => labels.get(key) ?? null;
}

export function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

export function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

export function or(truths: readonly Truth[]): Truth {
  return not(and(truths.map(not)));
}

/** Whether a selector matches what is partly known. */
export function truthOf(selector: Selector, facts: LabelFacts): Truth {
  if (!selector.isSound) return undefined;
  return and(selector.requirements.map(requirement => holdsBy(requirement, facts(requirement.key))));
}

function holdsBy({ operator, values }: Requirement, value: string | null | undefined): Truth {
  if (value === undefined) return undefined;
  switch (operator) {
    case 'In':
      return value !== null && values.has(value);
    case 'NotIn':
      return value === null || !values.has(value);
    case 'Exists':
      return value !== null;
    case 'DoesNotExist':
      return value === null;
  }
}
