import { moved } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import type { YamlDocument } from '../yaml/document';
import { Edits } from '../yaml/edit';
import type { FileEdits } from './fix';
import { areaOf, decidingOn, type Loudness, type Words } from './levels';
import type { Finding } from './rule';

/** What has a say in how loud findings in a file are. */
export interface Decider {
  /** The config file that decides, as a path of the workspace; it may not be there yet. */
  readonly path: string;
  /** The reading of it that holds; undefined where it is not there. */
  readonly document: YamlDocument | undefined;
  readonly config: Loudness;
  /** What an editor says in spite of it. */
  readonly settings: Words;
}

/**
 * Switches the rule of a finding off in the config file, where that has an effect: in the entries of `overrides` that decide
 * on the finding, or in `rules`. Undefined where something else has the last word.
 */
export function turnOffEdits(workspace: Workspace, decider: Decider, finding: Finding): FileEdits | undefined {
  const { path, document, config, settings } = decider;
  const { rule, subjects } = finding;
  if (settings.has(rule.id) || settings.has(areaOf(rule.id))) return undefined;
  const file = workspace.files.get(path);
  const nothing = { changed: new Map(), created: new Map(), bereft: [] };
  if (file === undefined) return { ...nothing, created: new Map([[path, `rules:\n  ${rule.id}: off\n`]]) };
  // A text that is half typed does not count before it is whole.
  if (document !== undefined && document.text !== file.text) return undefined;
  const [placed] = file.documents;
  if (placed === undefined || placed.document.root.isEmpty) {
    const end = { start: file.text.length, end: file.text.length };
    const eol = file.text === '' || file.text.endsWith('\n') ? '' : '\n';
    return { ...nothing, changed: new Map([[path, [{ range: end, text: `${eol}rules:\n  ${rule.id}: off\n` }]]]) };
  }
  const { root } = placed.document;
  // What a farther file says, and what nobody says, the rules of this one speak against.
  const deciding = subjects.map(subject => decidingOn(rule, config, subject)?.node);
  const indexes = deciding.map(node => (node && node.document === document ? Number(node.key) : undefined));
  const edits = new Edits();
  for (const index of new Set(indexes)) {
    const rules = index === undefined ? root.at('rules') : root.at('overrides', index, 'rules');
    edits.set(rules.at(rule.id), 'off');
  }
  const changes = edits.result()?.documents.flatMap(each => each.edits);
  if (changes === undefined) return undefined;
  return {
    ...nothing,
    changed: new Map([[path, changes.map(edit => ({ ...edit, range: moved(edit.range, placed.start) }))]]),
  };
}
