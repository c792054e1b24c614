import { expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import type { AnyRule } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { type Question, recorded } from '../server/src/workspace/reads';
import { Workspace } from '../server/src/workspace/workspace';
import { situations } from './situations';
import { isThorough } from './thorough';

// Law: a rule notes the same reads of a view whether others have asked it before or not. Else what it said is held to
// be true after an edit to something that it only got to know through what others had it remember.

/** What a rule asked each unit that it looks at, by the unit. */
function questionsOf(rule: AnyRule, { views }: Workspace): Map<string, readonly Question[]> {
  const asked = new Map<string, readonly Question[]>();
  for (const [i, view] of views.entries()) {
    for (const unit of rule.per === 'scope' ? [view] : view.judgedNamespaces) {
      const questions: Question[] = [];
      const answer = (question: Question) => {
        questions.push(question);
        return view.answer(question);
      };
      recorded(() => rule.check(unit, () => undefined, defaultConfig.target)).holdFor({ answer });
      asked.set(`${i} ${unit.name}`, questions);
    }
  }
  return asked;
}

/** Whether an answer can't be another while those are the same: a list of fewer kinds, or of a namespace of the cluster. */
const isImplied = (one: Question, by: readonly Question[]) =>
  by.some(({ about, home, kinds }) => {
    const isWithin = home === one.home || (home === undefined && about === 'all' && one.about !== 'assumed');
    const isLess = about === one.about || (about === 'all' && one.about === 'judged');
    return isWithin && isLess && one.kinds.every(kind => kinds.includes(kind));
  });

/** Which namespaces there are is left out: one that holds nothing of the kinds of a list changes nothing made of it. */
const isNoted = (one: Question) => one.about !== 'namespaces';

test.each(situations.filter((_, i) => isThorough || i % 12 === 0))('$rule.id: $title', ({ files }) => {
  const shared = Workspace.empty.update(files);
  for (const rule of rules) {
    if (rule.per === 'resource') continue;
    const others = questionsOf(rule, shared);
    for (const [unit, questions] of questionsOf(rule, Workspace.empty.update(files))) {
      const lost = questions.filter(one => isNoted(one) && !isImplied(one, others.get(unit) ?? []));
      expect(lost, `${rule.id} of ${unit}`).toEqual([]);
    }
  }
});
