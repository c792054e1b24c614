/** `npm run new-rule <area>/<name>`: writes the two files of a rule, and lists it. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const id = process.argv[2] ?? '';
const root = path.resolve(__dirname, '..', '..');
const base = path.join(root, 'server', 'src', 'rules', id);

if (!/^[a-z][a-z-]*\/[a-z][a-z0-9-]*$/.test(id)) fail(`usage: npm run new-rule <area>/<name that says the fault>`);
if (fs.existsSync(`${base}.ts`)) fail(`${id} exists already`);

fs.mkdirSync(path.dirname(base), { recursive: true });
fs.writeFileSync(
  `${base}.ts`,
  `import { defineRule } from '../../lint/rule';

export default defineRule({
  id: '${id}',
  title: 'One sentence that states what should hold',
  severity: 'warning',
  per: 'resource',
  kinds: ['Service'],

  check(service, report) {
    if (service.at('spec').isEmpty) report(service.at('spec'), 'What is, why it matters, what to do.');
  },
});
`,
);
fs.writeFileSync(
  `${base}.md`,
  `
Why it matters, in a paragraph, with the source of the fact.

## A flagged case

\`\`\`yaml
apiVersion: v1
kind: Service
metadata:
  name: shop
spec: {}
# ^^ What is, why it matters, what to do.
\`\`\`

## A silent case

\`\`\`yaml
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ports:
    - port: 80
\`\`\`
`,
);
execFileSync('npm', ['run', '--silent', 'gen'], { cwd: root, stdio: 'inherit' });
console.log(`Written: server/src/rules/${id}.ts and .md`);

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
