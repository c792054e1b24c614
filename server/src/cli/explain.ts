import * as fs from 'node:fs';
import * as path from 'node:path';
import { engineRules, pathOfPage } from '../lint/engine-rules';
import { areaOf } from '../lint/levels';
import type { AnyRule } from '../lint/rule';
import { nearest } from '../text/distance';

export interface ExplainOptions {
  /** With the cases that test the rule. */
  readonly full?: boolean;
}

/** What is answered, on standard output where the code is 0. */
export interface Answer {
  readonly text: string;
  readonly code: number;
}

/** The page of a rule, or the rules of an area. */
export function explain(asked: string, rules: readonly AnyRule[], options: ExplainOptions = {}): Answer {
  const all = [...rules, ...engineRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rule = all.find(({ id }) => id === asked);
  if (rule) return { text: pageOf(rule, options), code: 0 };
  const area = all.filter(({ id }) => areaOf(id) === asked.replace(/\/$/, ''));
  if (area.length > 0) return { text: tableOf(area), code: 0 };
  return { text: `There is no rule or area '${asked}'.${suggestion(asked, all)}\n`, code: 2 };
}

function pageOf({ id, title, severity }: AnyRule, { full }: ExplainOptions): string {
  // Beside the program, or from the repository, be it bundled or not.
  const roots = [path.join(__dirname, '..'), path.join(__dirname, '..', '..', '..')];
  const places = [path.join(__dirname, 'rules', `${id}.md`), ...roots.map(root => path.join(root, pathOfPage(id)))];
  const file = places.find(each => fs.existsSync(each));
  if (file === undefined) return `${id}: ${title} (${severity})\n`;
  const page = fs.readFileSync(file, 'utf8');
  return full ? page : forUsers(page);
}

/** What stands before the cases, without what only our tools read. */
function forUsers(page: string): string {
  const [text = ''] = page.split(/^## Cases$/m);
  const plain = text.replace(/<!--(?:(?!<!--).)*?-->\n*/gs, '').replace(/^(```\w+) no-test$/gm, '$1');
  return `${plain.trimEnd()}\n`;
}

function tableOf(rules: readonly AnyRule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`).join('');
}

function suggestion(asked: string, rules: readonly AnyRule[]): string {
  const area = nearest(asked.replace(/\/$/, ''), new Set(rules.map(({ id }) => areaOf(id))));
  if (area !== undefined) return ` Did you mean '${area}'?`;
  const alike = rules.filter(({ id }) => id.includes(asked));
  const found = alike.length > 0 ? alike : meantBy(asked, rules);
  return found.length === 0 ? '' : ` Did you mean one of these?\n${tableOf(found).trimEnd()}`;
}

/** The rules with an id or a name that is near. */
function meantBy(asked: string, rules: readonly AnyRule[]): readonly AnyRule[] {
  const nameOf = ({ id }: AnyRule) => id.slice(areaOf(id).length + 1);
  const meant = nearest(asked, [...rules.map(({ id }) => id), ...rules.map(nameOf)]);
  return rules.filter(rule => rule.id === meant || nameOf(rule) === meant);
}
