import * as fs from 'node:fs';
import * as path from 'node:path';

export interface Scaffold {
  readonly rule: string;
  readonly page: string;
}

/**
 * What the two files of a new rule begin as. The pattern beside this file is a rule that compiles where it is, so that
 * a change of the contract can't leave it behind.
 */
export function scaffoldOf(id: string): Scaffold {
  const pattern = fs.readFileSync(path.join(__dirname, 'rule.ts'), 'utf8');
  return {
    rule: pattern.replace('area/name', id).replaceAll("'../../src/", "'../../"),
    page: fs.readFileSync(path.join(__dirname, 'page.md'), 'utf8'),
  };
}
