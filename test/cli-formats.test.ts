import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { Log } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { formatNames } from '../server/src/cli/outputs';
import { commandLine } from './command-line';

const { folder, write, run } = commandLine();

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes # a word\n';
const odd = 'a]](x)&<"\'>,%0A:: ##vso[x]\u202e é.yaml';

/** Names and values that mean something to those who read reports. */
const hostile = `apiVersion: v1
kind: Service
metadata: {name: "<b>&\\"]](x)\\u0007\\uD800\\n::error::x", namespace: shop}
spec:
  selector: {app: "]]>\\n::warning::%25,##[group]"}
  ports:
    - {port: 80, targetPort: "x\\uFFFE<![CDATA["}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: ExternalNam
  sessionAffinity: None
  selector: {app: web}
  ports: [{port: "80"}]
`;

beforeAll(() => {
  write('found/app/faulty.yaml', faulty);
  write('found/fine.yaml', faulty.replace('yes', '"yes"'));
  write('clean/fine.yaml', faulty.replace('yes', '"yes"'));
  write(`hostile/${odd}`, `${hostile}---\n${faulty}`);
  write('hostile/template.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ x }}}\n');
  write('hostile/fine.yaml', faulty.replace('yes', '"yes"'));
  write('hostile/syntax.yaml', 'apiVersion: v1\nkind: "Service\n');
  write('hostile/kustomization.yaml', 'resources: [fine.yaml, "https://example.com/<&>::error::.yaml"]\n');
  fs.mkdirSync(path.join(folder, 'empty'));
});

const schemaIn = (file: string) => JSON.parse(fs.readFileSync(path.resolve(__dirname, file), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
const validators: Readonly<Record<string, ValidateFunction>> = {
  json: ajv.compile(schemaIn('../schemas/output.schema.json')),
  gitlab: ajv.compile(schemaIn('schemas/gitlab-code-quality.json')),
  // Draft 4 and what ajv reads differ in the name of the id alone, as far as this schema goes.
  sarif: ajv.compile({ ...schemaIn('schemas/sarif-2.1.0.json'), $schema: undefined, id: undefined }),
};

/** What the schema of a format has against a text. */
async function problemsOf(format: string, text: string): Promise<readonly unknown[]> {
  const validate = validators[format];
  if (validate) return validate(JSON.parse(text)) ? [] : (validate.errors ?? []);
  const schema = fs.readFileSync(path.resolve(__dirname, 'schemas', `${format}.xsd`), 'utf8');
  return (await validateXML({ xml: { fileName: 'report.xml', contents: text }, schema })).errors;
}

describe.each(['json', 'sarif', 'gitlab', 'junit', 'checkstyle'])('%s', format => {
  test.each(['found', 'clean', 'empty', 'hostile'])('is valid for what is %s', async where => {
    const { stdout, stderr } = run(where, '--format', format, '--severity', 'hint', '.');
    const nothing = where === 'empty' ? expect.stringMatching(/^nothing was read/) : '';
    expect({ stderr, problems: await problemsOf(format, stdout) }).toEqual({ stderr: nothing, problems: [] });
  });

  test('is held against a schema that refuses something', async () => {
    const text = run('found', '--format', format).stdout;
    const other = text.replaceAll(/"(?:message|severity|fixes)":/g, '"other":').replaceAll(/ name="/g, ' other="');
    expect(await problemsOf(format, other)).not.toEqual([]);
  });
});

test.each(formatNames)('%s: nothing that a file says controls a terminal or a pipeline', format => {
  const { stdout } = run('hostile', '--format', format, '--severity', 'hint', '.');
  expect(stdout).toContain('vso');
  expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}\uFFFE]|##(?:vso)?\[/u);
  const commands = stdout.split('\n').filter(line => /^\s*::/.test(line));
  const isOurs = (line: string) => /^::(?:error|warning|notice) file=[^:,]+(?:,\w+=[^:,]+)+::[^\n]+$/.test(line);
  expect(commands.filter(line => format !== 'github' || !isOurs(line))).toEqual([]);
});

test('compact: a line each', () => {
  expect(run('found', '--format', 'compact').stdout).toMatch(
    /^app\/faulty\.yaml:6:12: error: [^\n]+ \[api\/wrong-type\]\n$/,
  );
  expect(run('clean', '--format', 'compact')).toEqual({ stdout: '', stderr: '', status: 0 });
});

test('github: a workflow command each', () => {
  expect(run('found', '--format', 'github').stdout).toMatch(
    /^::error file=app\/faulty\.yaml,line=6,endLine=6,col=12,endColumn=15,title=kube-netlint%3A api\/wrong-type::[^\n]+\n$/,
  );
});

test('junit: what makes the command fail is a failure, the rest is told of a test that passes', () => {
  const { stdout } = run('found', '--format', 'junit');
  expect(stdout).toContain('<testsuites name="kube-netlint" tests="2" failures="1" errors="0" time="0">');
  expect(stdout).toContain('<testcase name="api/wrong-type (6:12)" classname="app/faulty.yaml" time="0">');
  expect(stdout).toContain('<failure type="error" message="');
  expect(stdout).toContain('<testcase name="no findings" classname="fine.yaml" time="0"/>');
  write('found/.kube-netlint.yaml', 'rules: {api: info}\n');
  expect(run('found', '--format', 'junit').stdout).toMatch(
    /failures="0"[\s\S]*<system-out>app\/faulty\.yaml:6:12: info: /,
  );
  fs.rmSync(path.join(folder, 'found/.kube-netlint.yaml'));
});

describe('sarif', () => {
  const logOf = (where: string): Log => JSON.parse(run(where, '--format', 'sarif', '--severity', 'hint', '.').stdout);

  test('says what, where, by which rule, and how to fix it', () => {
    const [{ tool, results = [], automationDetails } = { tool: undefined }] = logOf('found').runs;
    const region = { startLine: 6, startColumn: 12, endLine: 6, endColumn: 15 };
    const artifactLocation = { uri: 'app/faulty.yaml', uriBaseId: '%SRCROOT%' };
    expect(results).toEqual([
      expect.objectContaining({
        ruleId: 'api/wrong-type',
        ruleIndex: 0,
        level: 'error',
        message: { text: expect.stringContaining('yes') },
        locations: [
          {
            physicalLocation: { artifactLocation, region },
            logicalLocations: [{ fullyQualifiedName: 'ConfigMap settings', kind: 'object' }],
          },
        ],
        fixes: [
          {
            description: { text: 'Put quotes around yes' },
            artifactChanges: [
              { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: '"yes"' } }] },
            ],
            properties: { safe: true },
          },
        ],
      }),
    ]);
    expect(tool?.driver.rules).toMatchObject(
      [{ id: 'api/wrong-type', helpUri: expect.stringContaining('api/wrong-type.md'), help: { text: /./ } }].map(
        rule => ({ ...rule, help: { text: expect.any(String), markdown: expect.any(String) } }),
      ),
    );
    expect(automationDetails).toEqual({ id: 'kube-netlint/' });
  });

  test('makes a file by putting text into nothing, in the words of its schema', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: a, image: "web:1"}]}\n';
    write('making/pod.yaml', pod);
    write('making/kustomization.yaml', 'resources:\n  - pod.yaml\n');
    const { stdout } = run('making', '--format', 'sarif', '--severity', 'hint', '.');
    expect(await problemsOf('sarif', stdout)).toEqual([]);
    const fixes = logOf('making').runs.flatMap(({ results = [] }) => results.flatMap(({ fixes = [] }) => fixes));
    const [create, list] = fixes.find(({ artifactChanges: [one] }) => one?.properties)?.artifactChanges ?? [];
    expect(create).toEqual({
      artifactLocation: { uri: 'default-deny.yaml', uriBaseId: '%SRCROOT%' },
      replacements: [
        {
          deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          insertedContent: { text: expect.stringMatching(/^apiVersion: [\s\S]+\n$/) },
        },
      ],
      properties: { created: true },
    });
    expect(list?.artifactLocation.uri).toBe('kustomization.yaml');
    expect(list?.properties).toBeUndefined();
  });

  test('names any file by a URI that leads back to it, and what was not analysed', () => {
    const [{ results = [], invocations } = { results: [] }] = logOf('hostile').runs;
    const uris = results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '');
    expect(new Set(uris.map(decodeURIComponent))).toContain(odd);
    for (const uri of uris) expect(new URL(uri, 'file:///repo/').pathname).toMatch(/^\/repo\/[^/]+$/);
    const told = invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
    expect(told).toContainEqual(expect.stringContaining('template'));
    expect(told).toContainEqual(expect.stringContaining('not followed'));
  });
});

describe('fingerprints', () => {
  const fingerprints = (where: string): string[] =>
    JSON.parse(run(where, '--format', 'json', '.').stdout).findings.map(
      ({ fingerprint }: { fingerprint: string }) => fingerprint,
    );

  test('are the same when lines move, and other ones for each finding', () => {
    const two = faulty.replace('verbose: yes', 'verbose: yes\n  loud: yes');
    write('moved/a.yaml', two);
    const before = fingerprints('moved');
    expect(new Set(before).size).toBe(2);
    write('moved/a.yaml', `# one\n# more\n${two.replace('data:', 'data: # all of it')}`);
    expect(fingerprints('moved')).toEqual(before);
    write('moved/a.yaml', two.replace('settings', 'others'));
    expect(fingerprints('moved').filter(each => before.includes(each))).toEqual([]);
  });

  test('are those of SARIF and GitLab', () => {
    const [one] = fingerprints('found');
    expect(run('found', '--format', 'gitlab').stdout).toContain(`"fingerprint": "${one}"`);
    expect(run('found', '--format', 'sarif').stdout).toContain(`"kubeNetlint/v1": "${one}"`);
  });
});
