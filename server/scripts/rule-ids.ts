import * as fs from 'node:fs';
import * as path from 'node:path';

export const rulesFolder = path.resolve(__dirname, '..', 'src', 'rules');

/** The ids of all rules, from their files: a rule is a `.ts` with a page beside it. In the order of the ids. */
export function ruleIds(): string[] {
  return fs
    .readdirSync(rulesFolder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => fs.readdirSync(path.join(rulesFolder, name)).map(file => `${name}/${file}`))
    .filter(file => file.endsWith('.md'))
    .map(file => file.slice(0, -'.md'.length))
    .filter(id => fs.existsSync(path.join(rulesFolder, `${id}.ts`)))
    .sort();
}

/** Those that a word means: one rule, the rules of an area, or all where it is empty. */
export function chosen(ids: readonly string[], word: string): string[] {
  return ids.filter(id => word === '' || id === word || id.startsWith(`${word}/`));
}
