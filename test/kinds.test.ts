import { expect, test, vi } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { areaOf } from '../server/src/lint/levels';
import { ownerOf } from '../server/src/lint/place';
import { type AnyRule, fixesOf, type Report } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { ClusterView, NamespaceView } from '../server/src/workspace/cluster-view';
import { Workspace } from '../server/src/workspace/workspace';
import { Edits } from '../server/src/yaml/edit';
import { lint, situations } from './situations';
import { isThorough } from './thorough';
import type { Files } from './variants';

// The kinds that a rule declares drive what is linted again after an edit: one too few and a finding is stale.

/** A fix reads when it is asked for. */
const report: Report = (_, __, detail = {}) => {
  for (const fix of fixesOf(detail)) fix.edit(new Edits());
};

/** The kinds that a rule asks for on these files. */
function kindsRead(rule: AnyRule, files: Files): Set<string> {
  const read = new Set<string>();
  const record = (kinds: readonly string[]) => {
    for (const kind of kinds) read.add(kind);
  };
  const spies = [ClusterView.prototype, NamespaceView.prototype].flatMap(prototype =>
    (['of', 'judged'] as const).map(method => {
      const original = prototype[method];
      return vi.spyOn(prototype, method).mockImplementation(function (this: never, ...kinds) {
        record(kinds);
        return original.call(this, ...kinds);
      });
    }),
  );
  const { target } = readConfig(files.get('.kube-netlint.yaml') ?? '');
  for (const view of Workspace.empty.update(files).views) {
    const units = rule.per === 'scope' ? [view] : view.judgedNamespaces;
    for (const unit of units) rule.check(unit, report, target);
  }
  for (const spy of spies) spy.mockRestore();
  // What each namespace is called and labelled is followed for every rule.
  read.delete('Namespace');
  return read;
}

const wide = rules.filter(({ per }) => per !== 'resource');

test.each(wide)('$id reads what it declares', rule => {
  const isNear = (other: AnyRule) => other === rule || (isThorough && areaOf(other.id) === areaOf(rule.id));
  const near = situations.filter(situation => isNear(situation.rule));
  const read = new Set(near.flatMap(({ files }) => [...kindsRead(rule, files)]));
  const declared = new Set<string>(rule.kinds);
  expect(
    [...read].filter(kind => !declared.has(kind)),
    'read, and not declared',
  ).toEqual([]);
  // One that its own page has no use for may be read on that of a neighbour.
  const idle = [...declared].filter(kind => !read.has(kind) && kind !== 'Namespace');
  if (isThorough) expect(idle, 'declared, and never read').toEqual([]);
});

test.each(rules.filter(({ subjects }) => subjects))('$id speaks of its subjects alone', rule => {
  const spoken = new Set<string>();
  const listening: AnyRule = {
    ...rule,
    check: (unit, tell, target) =>
      rule.check(
        unit,
        (at, message, more) => {
          spoken.add(ownerOf(at)?.kind ?? 'nothing');
          tell(at, message, more);
        },
        target,
      ),
  };
  // Of neighbours too: it is asked wherever one of its subjects is.
  for (const { files } of situations.filter(situation => areaOf(situation.rule.id) === areaOf(rule.id)))
    lint(files, [listening]);
  const subjects: readonly string[] = rule.subjects ?? [];
  expect([...spoken].filter(kind => !subjects.includes(kind))).toEqual([]);
});
