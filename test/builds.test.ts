import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildOf } from '../server/src/deploy/build';
import { Sources } from '../server/src/deploy/sources';
import { plain } from '../server/src/deploy/value';
import { hasKubectl, kustomize, objectsIn, withoutHashes } from './kubectl';
import { sharedFolder } from './shared';
import { isThorough } from './thorough';

const pages = path.join(import.meta.dirname, 'builds');
const fence = /^```\w+ (file|build)="([^"]+)"\n([\s\S]*?)^```$/gm;
/** `UPDATE=1` writes what kubectl says into the pages. */
const isUpdate = process.env['UPDATE'] === '1';

describe.each(fs.readdirSync(pages))('%s', page => {
  const file = path.join(pages, page);
  const sections = fs.readFileSync(file, 'utf8').split(/^(?=## )/m);

  test.each(sections.slice(1).map(section => [/^## (.*)/.exec(section)?.[1] ?? '', section] as const))(
    '%s',
    (_, section) => {
      const fences = [...section.matchAll(fence)].map(([, kind, name = '', text = '']) => ({ kind, name, text }));
      const files = new Map(fences.filter(({ kind }) => kind === 'file').map(({ name, text }) => [name, text]));
      const [build] = fences.filter(({ kind }) => kind === 'build');
      if (build === undefined) throw new Error('The case builds nothing');
      const built = buildOf(
        build.name === '.' ? '' : build.name,
        Sources.ofTexts(name => files.get(name)),
      );
      expect(built?.unknown.map(({ message }) => message)).toEqual([]);
      const ours = (built?.objects ?? []).map(({ value }) => plain(value));
      if (hasKubectl) {
        const real = withoutHashes(kustomized(files, build.name), ours);
        expect(ours).toEqual(objectsIn(real));
        if (isUpdate) update(file, section, build.text, real);
        else expect(objectsIn(build.text)).toEqual(objectsIn(real));
      } else expect(ours).toEqual(objectsIn(build.text));
    },
  );
});

function update(file: string, section: string, old: string, real: string): void {
  const text = fs.readFileSync(file, 'utf8');
  const marker = /^```yaml build="[^"]+"\n/m.exec(section)?.[0] ?? '';
  fs.writeFileSync(
    file,
    text.replace(section, () => section.replace(marker + old, () => marker + real)),
  );
}

function kustomized(files: ReadonlyMap<string, string>, folder: string): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-build-'));
  try {
    for (const [name, text] of files) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      fs.writeFileSync(path.join(root, name), text);
    }
    const real = kustomize(path.join(root, folder));
    if (real === undefined) throw new Error('kubectl can not build this case');
    return real;
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

const corpus = hasKubectl && isThorough ? sharedFolder('corpus') : undefined;

test.skipIf(corpus === undefined)('what kubectl builds of real repositories, object by object', () => {
  const root = corpus ?? '';
  const sources = Sources.ofTexts(name => read(path.join(root, name)));
  let all = 0;
  const others: string[] = [];
  for (const folder of kustomizationsIn(root)) {
    const text = kustomize(path.join(root, folder));
    if (text === undefined) continue;
    const built = buildOf(folder, sources);
    const ours = (built?.objects ?? []).map(({ value }) => plain(value));
    const real = objectsIn(withoutHashes(text, ours)).filter(object => object !== undefined);
    all += real.length;
    const left = new Set(ours.map(sorted));
    for (const object of real) if (!left.has(sorted(object))) others.push(`${folder}: ${sorted(object).slice(0, 200)}`);
    for (const { message } of built?.unknown ?? []) others.push(`${folder}: ${message}`);
    if (ours.length !== real.length) others.push(`${folder}: ${ours.length} objects, not ${real.length}`);
  }
  expect(all).toBeGreaterThan(1000);
  expect(others).toEqual([]);
});

function read(file: string): string | undefined {
  try {
    return fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : undefined;
  } catch {
    return undefined;
  }
}

function kustomizationsIn(root: string): string[] {
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names
    .filter(name => /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(name))
    .map(name => path.dirname(name))
    .sort();
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
