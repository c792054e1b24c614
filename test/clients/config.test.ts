import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { lintCommand } from '../../server/src/cli/lint';
import { rules } from '../../server/src/rules';
import { type Editor, open, until, write } from '../editor';
import { faulty, kinds } from './clients';

// Both faces give one answer about one file: which config file decides for it, and what `ignore:` means.

afterEach(() => void vi.restoreAllMocks());

/** `file: rule` for each finding of the command line, run in a folder. */
async function onCommandLine(folder: string, ...paths: string[]): Promise<string[]> {
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  const outputFile = path.join(folder, 'report.txt');
  await lintCommand(paths, { format: [{ format: 'json' }], outputFile }, rules);
  vi.restoreAllMocks();
  const { findings } = JSON.parse(fs.readFileSync(outputFile, 'utf8'));
  fs.rmSync(outputFile);
  return findings.map(({ file, rule }: { file: string; rule: string }) => `${file}: ${rule}`).sort();
}

function inEditor(editor: Editor): string[] {
  const found = [...editor.told].flatMap(([uri, diagnostics]) =>
    diagnostics.map(({ code }) => `${decodeURIComponent(uri.slice(editor.uri('').length))}: ${code}`),
  );
  return found.map(line => line.replace(/^\//, '')).sort();
}

const { capabilities } = kinds['VS Code'];
const isReady = (editor: Editor) => editor.statuses.some(({ state }) => state === 'ready');

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  rules:
    - host: shop.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`;
const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n';

const exempt = (name: string) =>
  service
    .replace('web, namespace: shop', `${name}, namespace: shop, annotations: {kube-score/ignore: service-targets-pod}`)
    .replace('spec: {', 'spec: {selector: {app: gone}, ');

/** Files, and what is found in them: the rest is silenced by a config file. */
const layouts: Record<string, { files: Record<string, string>; found: string[] }> = {
  'a config file in a folder below': {
    files: {
      '.kube-netlint.yaml': 'kubernetes: "1.36"\n',
      'x.yaml': faulty,
      'sub/.kube-netlint.yaml': 'rules:\n  api: off\n',
      'sub/x.yaml': faulty,
      'sub/below/x.yaml': faulty,
      'other/x.yaml': faulty,
    },
    found: ['other/x.yaml: api/wrong-type', 'x.yaml: api/wrong-type'],
  },
  'one below another': {
    files: {
      'a/.kube-netlint.yaml': 'rules:\n  api: off\n',
      'a/x.yaml': faulty,
      'a/b/.kube-netlint.yaml': 'rules:\n  api: hint\n',
      'a/b/x.yaml': faulty,
    },
    found: ['a/b/x.yaml: api/wrong-type'],
  },
  'a version of its own': {
    files: {
      '.kube-netlint.yaml': 'kubernetes: "1.28"\n',
      'x.yaml': service.replace('ports:', 'trafficDistribution: PreferClose, ports:'),
      'sub/.kube-netlint.yaml': 'kubernetes: "1.35"\n',
      'sub/x.yaml': service.replace('ports:', 'trafficDistribution: PreferClose, ports:').replace('web', 'cart'),
    },
    found: ['sub/x.yaml: placement/prefer-close-deprecated', 'x.yaml: placement/unknown-traffic-distribution'],
  },
  'scopes of its own': {
    files: {
      'x.yaml': faulty,
      'sub/.kube-netlint.yaml': 'scopes:\n  - name: all\n    paths: [in]\n',
      'sub/in/x.yaml': ingress,
      'sub/out/x.yaml': faulty,
    },
    found: ['sub/in/x.yaml: ingress/class-missing', 'x.yaml: api/wrong-type'],
  },
  'a neighbour that is left out': {
    files: {
      '.kube-netlint.yaml': 'ignore: [vendor/**]\n',
      'ingress.yaml': ingress,
      'vendor/web.yaml': service,
    },
    found: ['ingress.yaml: ingress/class-missing'],
  },
  'globs that count from the folder of their file': {
    files: {
      'sub/.kube-netlint.yaml': 'ignore: [vendor]\n',
      'sub/vendor/x.yaml': faulty,
      'sub/x.yaml': faulty,
      'vendor/x.yaml': faulty,
    },
    found: ['sub/x.yaml: api/wrong-type', 'vendor/x.yaml: api/wrong-type'],
  },
  'a config file that another extends': {
    files: {
      'shared/team.yaml': 'rules:\n  api: off\n  ingress/class-missing: off\nignore: [vendor]\n',
      'a/.kube-netlint.yaml': 'extends: ../shared/team.yaml\nignore: [out]\n',
      'a/x.yaml': faulty + ingress.replace(/^/, '---\n'),
      'b/.kube-netlint.yaml': 'extends: [recommended, ../a/.kube-netlint.yaml]\nrules:\n  api/wrong-type: error\n',
      'b/x.yaml': faulty,
      'b/out/x.yaml': faulty,
      'a/out/x.yaml': faulty,
      'x.yaml': faulty,
    },
    found: ['b/out/x.yaml: api/wrong-type', 'b/x.yaml: api/wrong-type', 'x.yaml: api/wrong-type'],
  },
  'an area of the nearer file over a rule of the farther one': {
    files: {
      'team.yaml': 'extends: all\nrules:\n  api/wrong-type: error\n',
      '.kube-netlint.yaml': 'extends: [recommended, team.yaml]\nrules:\n  api: off\n',
      'x.yaml': faulty,
    },
    found: [],
  },
  'other levels for some files and objects': {
    files: {
      '.kube-netlint.yaml': `rules: {api: off}
overrides:
  - {files: [loud], rules: {api: error}}
  - {files: ['loud/*/**'], names: [quiet-*], rules: {api/wrong-type: off}}
  - {kinds: [Ingress], namespaces: [shop], rules: {ingress: off}}
`,
      'x.yaml': faulty,
      'loud/x.yaml': faulty,
      'loud/in/x.yaml': faulty.replace('name: settings', 'name: quiet-one'),
      'web.yaml': service,
      'ingress.yaml': ingress,
      'sub/.kube-netlint.yaml': 'extends: ../.kube-netlint.yaml\n',
      'sub/loud/x.yaml': faulty,
      'sub/ingress.yaml': ingress.replaceAll('shop', 'other'),
      'sub/web.yaml': service.replace('shop', 'other'),
    },
    found: ['loud/x.yaml: api/wrong-type', 'sub/ingress.yaml: ingress/class-missing'],
  },
  'annotations for another linter that it honors': {
    files: {
      '.kube-netlint.yaml': 'honor: [kube-score]\nrules: {ingress/class-missing: off}\n',
      'sub/.kube-netlint.yaml': 'extends: ../.kube-netlint.yaml\nrules: {service/selects-nothing: error}\n',
      'sub/in/.kube-netlint.yaml': 'rules: {service/selects-nothing: error, network-policy: off}\n',
      'sub/a.yaml': exempt('web'),
      'sub/in/a.yaml': exempt('cart'),
      'sub/in/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop, labels: {app: a}}\nspec: {containers: [{name: a, image: a}]}\n',
    },
    found: ['sub/in/a.yaml: service/selects-nothing'],
  },
  'a config file that git ignores': {
    files: {
      '.gitignore': '.kube-netlint.yaml\n',
      '.kube-netlint.yaml': 'rules:\n  api: off\n',
      'x.yaml': faulty,
    },
    found: [],
  },
};

test.each(Object.entries(layouts))('both faces know %s', async (_, { files, found }) => {
  const editor = await open(capabilities, files, { rules });
  await until(() => isReady(editor));
  expect(inEditor(editor)).toEqual(found);
  expect(await onCommandLine(editor.folder, '.')).toEqual(found);
  // What is said of a file does not depend on how it is named.
  for (const file of Object.keys(files).filter(name => name.endsWith('.yaml') && !name.startsWith('.'))) {
    const own = found.filter(line => line.startsWith(`${file}: `));
    expect(await onCommandLine(editor.folder, file)).toEqual(own);
  }
});

test.each(Object.entries(layouts))(
  'the same counts for files that are opened without a folder: %s',
  async (_, { files, found }) => {
    const editor = await open(capabilities, files, { isFolderless: true });
    const names = Object.keys(files).filter(name => name.endsWith('x.yaml'));
    for (const name of names) await editor.type(name, files[name] ?? '', 1);
    await until(() => names.every(name => editor.told.has(editor.uri(name))));
    expect(inEditor(editor)).toEqual(found.filter(line => line.includes(' api/')));
  },
);

test('a config file that comes, changes and goes below is followed', async () => {
  const editor = await open(capabilities, { 'sub/x.yaml': faulty, 'x.yaml': faulty });
  await until(() => editor.messages('sub/x.yaml').length === 1);
  write(editor.folder, 'sub/.kube-netlint.yaml', 'rules:\n  api: off\n');
  await editor.changed('sub/.kube-netlint.yaml', 1);
  await until(() => editor.messages('sub/x.yaml').length === 0);
  expect(editor.messages('x.yaml')).toHaveLength(1);
  await editor.type('sub/.kube-netlint.yaml', 'rules:\n  api: hint\n', 1);
  await until(() => editor.told.get(editor.uri('sub/x.yaml'))?.[0]?.severity === 4);
  await editor.type('sub/.kube-netlint.yaml', 'rules:\n  api: loud\n', 2);
  await until(() => editor.messages('sub/.kube-netlint.yaml').length === 1);
  expect(editor.told.get(editor.uri('sub/x.yaml'))?.[0]?.severity).toBe(4);
  fs.rmSync(path.join(editor.folder, 'sub/.kube-netlint.yaml'));
  await editor.close('sub/.kube-netlint.yaml');
  await until(() => editor.told.get(editor.uri('sub/x.yaml'))?.[0]?.severity === 1);
});

test('a config file beside a loose file, or above the folder, is read again when something is saved', async () => {
  const editor = await open(capabilities, { 'x.yaml': faulty }, { isFolderless: true });
  await editor.type('x.yaml', faulty, 1);
  await until(() => editor.messages('x.yaml').length === 1);
  write(editor.folder, '.kube-netlint.yaml', 'rules:\n  api: off\n');
  await editor.save('x.yaml');
  await until(() => editor.messages('x.yaml').length === 0);
});

test('what a config file extends is followed, inside of the folder and above it', async () => {
  const editor = await open(capabilities, {
    'x.yaml': faulty,
    '.kube-netlint.yaml': 'extends: [./team.yaml, ./gone.yaml]\n',
  });
  await until(() => editor.messages('x.yaml').length === 1);
  expect(editor.messages('.kube-netlint.yaml').join()).toContain('.kube-netlint.yaml → team.yaml');
  expect(editor.messages('.kube-netlint.yaml').join()).toContain('.kube-netlint.yaml → gone.yaml');
  const team = async (text: string) => {
    write(editor.folder, 'team.yaml', text);
    await editor.changed('team.yaml', 1);
  };
  await team('extends: ./gone.yaml\nrules:\n  api: off\n');
  await until(() => editor.messages('x.yaml').length === 0);
  expect(editor.messages('.kube-netlint.yaml').join()).toContain('.kube-netlint.yaml → team.yaml → gone.yaml');
  await team('extends: ./.kube-netlint.yaml\nrules:\n  api: hint\n');
  await until(() => editor.told.get(editor.uri('x.yaml'))?.[0]?.severity === 4);
  expect(editor.messages('.kube-netlint.yaml').join()).toContain('leads in a circle');
  // Of a file that is half typed the last good reading holds.
  await editor.type('team.yaml', 'rules:\n  apo: off\n', 1);
  await until(() => editor.messages('.kube-netlint.yaml').join().includes("Unknown rule or area 'apo'"));
  expect(editor.told.get(editor.uri('x.yaml'))?.[0]?.severity).toBe(4);
});
