/** What each rule costs. */
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { costOf } from './in-process';
import { applications } from './inputs';
import { figure, type Table } from './table';

const count = 300;
const shown = 12;

export function dearestRules(): Table {
  const files = applications(count).map(([path, text]): [string, string] => [path, text]);
  const workspace = Workspace.empty.update(files);
  new Linter(rules).lint(workspace, defaultConfig); // what rules share is worked out now
  const costs = rules.map(rule => ({
    rule: rule.id,
    cost: costOf(() => new Linter([rule]).lint(workspace, defaultConfig)),
  }));
  costs.sort((a, b) => b.cost - a.cost);
  return {
    title: 'The dearest rules',
    note: `Each of the ${rules.length} alone on ${count} made applications, CPU in one process, the least of three runs.`,
    columns: ['rule', 'ms'],
    rows: costs.slice(0, shown).map(({ rule, cost }) => [rule, figure(cost)]),
  };
}
