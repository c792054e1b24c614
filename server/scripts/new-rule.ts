/** `npm run new-rule <area>/<name>`: writes the two files of a rule, and lists it. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chapters, generalAreas } from './chapters';
import { rulesFolder } from './rule-ids';
import { scaffoldOf } from './scaffold/texts';

const id = process.argv[2] ?? '';
const [area = ''] = id.split('/');
const base = path.join(rulesFolder, id);

if (!/^[a-z][a-z-]*\/[a-z][a-z0-9-]*$/.test(id)) fail('usage: npm run new-rule <area>/<name that says the fault>');
if (fs.existsSync(`${base}.ts`) || fs.existsSync(`${base}.md`)) fail(`${id} exists already`);

const { rule, page } = scaffoldOf(id);
fs.mkdirSync(path.dirname(base), { recursive: true });
fs.writeFileSync(`${base}.ts`, rule);
fs.writeFileSync(`${base}.md`, page);
// A process of its own, because the list of rules is read when it is imported.
execFileSync(process.execPath, [require.resolve('tsx/cli'), path.join(__dirname, 'gen.ts')], { stdio: 'inherit' });

const next: readonly (readonly [command: string, purpose: string])[] = [
  [`npm run test:watch ${id}`, 'its page, at each change'],
  [`npm run test:rule ${id} -- --update`, 'its marks and diffs anew: read them, they are the test'],
  ['npm run gen && npm test -- --unit', 'what follows from its title, severity and kinds; then all tests'],
];
const width = Math.max(...next.map(([command]) => command.length));
console.log(`Written: server/src/rules/${id}.ts and .md, which pass as they are. Make them yours, with\n`);
for (const [command, purpose] of next) console.log(`  ${command.padEnd(width)}  ${purpose}`);
if (![...generalAreas, ...chapters.flatMap(chapter => chapter.rules)].includes(area)) {
  console.log(`\nNo chapter of the guide has the area '${area}' yet: name it in server/scripts/chapters.ts.`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
