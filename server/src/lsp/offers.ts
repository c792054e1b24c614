import { editsOf, type FileEdits } from '../lint/fix';
import { oneRound } from '../lint/fix-all';
import { ignoreEdits, ignoreFileEdits } from '../lint/ignore-comment';
import { type Finding, preferredFix } from '../lint/rule';
import { type Decider, turnOffEdits } from '../lint/turn-off';
import { memo } from '../text/maps';
import type { Workspace } from '../workspace/workspace';
import { placeIn } from './to-lsp';

/** One thing that can be done about a finding, best first. */
export interface Offer {
  readonly title: string;
  readonly isPreferred: boolean;
  readonly isFix: boolean;
  /** Of many findings: it is for editors that ask for the edits of what somebody chooses. */
  readonly isDear?: true;
  /** A comment, behind which there is room for a reason. */
  readonly takesReason?: true;
  /** Made when they are asked for; undefined where that turns out to be impossible. */
  readonly edits: () => FileEdits | undefined;
}

/** The findings of one root as they are now. */
export interface Found {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  /** The config file that decides for a file; undefined where it lies outside. */
  configOf(path: string): Decider | undefined;
}

/** The fixes of a finding; the same for all findings like it; and ways to silence its rule. */
export function offersOf(found: Found, finding: Finding, path: string): readonly Offer[] {
  const fixes = fixesIn(found.workspace)(finding);
  return [...fixes, ...(fixes.length > 0 ? forAll(found, finding, path) : []), ...silencing(found, finding, path)];
}

/** Making edits and proving them is the dear part: while the cursor moves over a text that stays, it is done once. */
const fixesIn = memo((workspace: Workspace) =>
  memo((finding: Finding): readonly Offer[] =>
    finding.fixes.flatMap((fix): Offer[] => {
      const edits = editsOf(workspace, finding, fix);
      if (edits === undefined) return [];
      return [{ title: fix.title, isPreferred: fix === preferredFix(finding), isFix: true, edits: () => edits }];
    }),
  ),
);

/** The best fix of each finding of the same rule, in the file and in all files; nobody asks others what theirs are. */
function forAll({ workspace, findings }: Found, { rule }: Finding, path: string): readonly Offer[] {
  const alike = findings.filter(other => other.rule === rule);
  const here = alike.filter(other => placeIn(workspace, other.at)?.file.path === path);
  const offer = (some: readonly Finding[], where: string): Offer => ({
    title: `Fix all ${nameOf(rule.id)} in ${where}`,
    isPreferred: false,
    isFix: true,
    isDear: true,
    edits: () => roundOf(workspace, some, ({ fixes: [first] }) => first),
  });
  return [
    ...(here.length > 1 ? [offer(here, 'this file')] : []),
    ...(alike.length > here.length ? [offer(alike, 'all files')] : []),
  ];
}

/** What may be applied unseen in some files. */
export function safeEdits({ workspace, findings }: Found, isMeant: (path: string) => boolean): FileEdits | undefined {
  const here = findings.filter(finding => isMeant(placeIn(workspace, finding.at)?.file.path ?? ''));
  return roundOf(workspace, here, preferredFix);
}

/** Undefined where nothing of it can be done. */
function roundOf(
  workspace: Workspace,
  some: readonly Finding[],
  fixOf: (finding: Finding) => Finding['fixes'][0] | undefined,
) {
  const { edits, applied } = oneRound(workspace, some, { isOwn: () => true, fixOf, refusal: () => undefined });
  return applied.length > 0 ? edits : undefined;
}

function silencing({ workspace, configOf }: Found, finding: Finding, path: string): readonly Offer[] {
  const { id } = finding.rule;
  const of = (title: string, edits: () => FileEdits | undefined, more: Partial<Offer> = {}): Offer => ({
    title,
    isPreferred: false,
    isFix: false,
    edits,
    ...more,
  });
  const decider = configOf(path);
  return [
    of(`Ignore ${id} here`, () => ignoreEdits(workspace, finding), { takesReason: true }),
    of(`Ignore ${nameOf(id)} in this file`, () => ignoreFileEdits(workspace, finding), { takesReason: true }),
    ...(decider === undefined
      ? []
      : [of(`Turn off ${nameOf(id)} in ${fileName(decider.path)}`, () => turnOffEdits(workspace, decider, finding))]),
  ];
}

const nameOf = (id: string) => id.slice(id.indexOf('/') + 1);
const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
