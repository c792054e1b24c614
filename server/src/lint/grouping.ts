import { grouped as byKey } from '../text/maps';
import type { Workspace } from '../workspace/workspace';
import { Node } from '../yaml/node';
import { locate } from './place';
import type { Finding, Related } from './rule';

/**
 * One finding for what is said alike of copies of an object, such as one in the folder of each cluster: the first stands
 * for the others, which become related places. Errors stay what they are, because each has to be mended.
 */
export function withoutCopies(findings: readonly Finding[]): readonly Finding[] {
  return standingForOthers(
    findings,
    () => false,
    copyOf,
    2,
    () => sameHere,
  );
}

/** One finding for what is a habit of the whole repository, but in files that somebody looks at. */
export function withoutHabits(
  workspace: Workspace,
  findings: readonly Finding[],
  isLookedAt: (path: string) => boolean = () => false,
): readonly Finding[] {
  const isWanted = ({ at }: Finding) => isLookedAt(workspace.placeOf(locate(at).document)?.file.path ?? '');
  return standingForOthers(findings, isWanted, habitOf, mostOfHabit + 1, firstLine);
}

const sameHere = 'The same here';

/** So many of a habit are told one by one. */
const mostOfHabit = 5;

/** Of findings with the same key, where there are at least so many, the first, and those that are wanted themselves. */
function standingForOthers(
  findings: readonly Finding[],
  isWanted: (finding: Finding) => boolean,
  keyOf: (finding: Finding) => string | undefined,
  least: number,
  toldAs: (other: Finding) => string,
): readonly Finding[] {
  const groups = [...byKey(findings, keyOf).values()].filter(({ length }) => length >= least);
  if (groups.length === 0) return findings;
  const hidden = new Set<Finding>();
  const others = new Map<Finding, Related[]>();
  for (const [first, ...rest] of groups) {
    if (first === undefined) continue;
    for (const other of rest) if (!isWanted(other)) hidden.add(other);
    others.set(
      first,
      rest.flatMap(other => [{ at: other.at, message: toldAs(other) }, ...other.related.filter(isCopy)]),
    );
  }
  return findings.filter(finding => !hidden.has(finding)).map(finding => standing(finding, others.get(finding)));
}

function standing(finding: Finding, others: readonly Related[] | undefined): Finding {
  if (others === undefined) return finding;
  // Field by field, because a copy of all would make the fixes.
  const { rule, severity, at, message, scopes, resource, namespace, subjects } = finding;
  return {
    rule,
    severity,
    at,
    message,
    scopes,
    resource,
    namespace,
    subjects,
    get fixes() {
      return finding.fixes;
    },
    related: [...finding.related, ...others],
  };
}

const firstLine = ({ message }: Finding) => message.split('\n')[0] ?? '';
const isCopy = ({ message }: Related) => message === sameHere;

/** A rule may know that what it says of many objects is how a repository does it, and no slip in each. */
const habitOf = ({ rule, severity }: Finding) =>
  rule.habit && severity !== 'error' ? `${rule.id} ${severity}` : undefined;

/** What is the same of copies: the fault, the object by its name, and where in it. */
function copyOf({ rule, severity, at, message, resource, namespace }: Finding): string | undefined {
  if (resource === undefined || severity === 'error') return undefined;
  const [what = '', ...reasons] = message.split('\n');
  // What names its namespace first is about that; else a copy may stand in another.
  const words = namespace === undefined ? reasons : reasons.map(line => line.replaceAll(`'${namespace}'`, "''"));
  const node = at instanceof Node ? at : at.in;
  const offset = at instanceof Node ? '' : at.range.start;
  return [
    rule.id,
    severity,
    resource.kindName,
    resource.name.text,
    stepsTo(node, resource.node),
    offset,
    what,
    ...words,
  ].join('\n');
}

function stepsTo(node: Node, top: Node): string {
  const steps: (string | number)[] = [];
  for (let at: Node | undefined = node; at && at !== top; at = at.parent) steps.unshift(at.key ?? '');
  return steps.join('/');
}
