import { decisionObject, placesOf } from '../assist/decided';
import { differenceMarkdown, differenceText, type Told } from '../assist/difference-words';
import { isSomething } from '../network/answers/difference';
import type { DifferenceOptions } from './difference-options';
import { printed } from './formats/json';

/** @own how this program writes each of them */
export const differenceTexts: Readonly<Record<DifferenceOptions['format'], (told: Told) => string>> = {
  txt: differenceText,
  json,
  md: told => `### Network connectivity\n\n${differenceMarkdown(told, ': see `--format txt`')}`,
};

/** As `schemas/connectivity-diff.schema.json` says: its form is a contract. */
function json({ difference, workspace, notes }: Told): string {
  const { changes, calls, added, removed } = difference;
  return printed({
    version: 1,
    changed: isSomething(difference),
    connections: changes.map(({ src, dst, before, after, opened, closed }) => ({
      src,
      dst,
      before: `${before}`,
      after: `${after}`,
      opened: opened.isEmpty ? null : `${opened}`,
      closed: closed.isEmpty ? null : `${closed}`,
    })),
    calls: calls.map(({ before, after }) => ({
      src: after.caller,
      service: after.service,
      targets: after.targets.map(({ end, connections }) => ({ dst: end, conn: `${connections}` })),
      before: before ?? null,
      after: after.answer,
      policies: after.deciding.map(decision => decisionObject(decision, workspace)),
      shown: placesOf(after, workspace),
    })),
    added,
    removed,
    notes,
  });
}
