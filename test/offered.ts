import { expect } from 'vitest';
import { manifestCompletionsAt } from '../server/src/assist/completion/completions';
import { configWordsAt } from '../server/src/assist/completion/config-words';
import type { Given } from '../server/src/assist/completion/given';
import { ignoreWordsAt } from '../server/src/assist/completion/ignore-words';
import type { Item } from '../server/src/assist/completion/item';
import { engineRules } from '../server/src/lint/engine-rules';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

export const known = { hasSchemas: false, rules: [...rules, ...engineRules], reported: () => [] };

export interface Asked {
  readonly kubernetes?: string;
  readonly given?: Partial<Given>;
  readonly beside?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** What is offered at `|`, and the text with the first of it accepted. */
export function offered(marked: string, { kubernetes = '1.35', given = {}, beside = {}, path = 'a.yaml' }: Asked = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const workspace = Workspace.empty.update([...Object.entries(beside), [path, text]]);
  const file = workspace.files.get(path);
  const all: Given = { ...known, ...given, kubernetes };
  const found =
    file &&
    (ignoreWordsAt(file, offset, all) ??
      configWordsAt(file, offset) ??
      manifestCompletionsAt(workspace, path, offset, kubernetes, all));
  const items = found?.items ?? [];
  const accepted = (item: Item | undefined) => {
    const range = item?.range ?? found?.range;
    if (item === undefined || range === undefined) return text;
    // Editors refuse an edit that doesn't touch the cursor.
    expect(range.start <= offset && offset <= range.end).toBe(true);
    return text.slice(0, range.start) + (item.plain ?? item.insert) + text.slice(range.end);
  };
  return { items, labels: items.map(({ label }) => label), accepted };
}
