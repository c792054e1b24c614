import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../server/src/rules';
import { type Editor, open, until, write } from '../editor';
import { isThorough } from '../thorough';
import { everyKind, faulty, ingress, type Kind, pod, serviceNamed } from './clients';

// Law: whatever was done in an editor and behind its back, what it shows in the end is what a server shows that starts
// on the same texts.

const service = serviceNamed('web');
const texts: Record<string, readonly string[]> = {
  yaml: [
    faulty,
    pod,
    service,
    ingress,
    `${service}---\n${ingress}`,
    `${faulty}---\n${pod}`,
    'a: b\n',
    '',
    'a: [\n',
    '{{ x }}\n',
  ],
  'kustomization.yaml': ['resources: [a.yaml]\n', 'resources: [a.yaml, b.yaml, ../x]\nnamespace: other\n', ''],
  // None that is half typed: then the last good one holds, which a new server has not seen.
  '.kube-netlint.yaml': ['rules: {api: off}\n', 'rules: {network-policy: hint}\n', 'ignore: [b.yaml]\n'],
  '.gitignore': ['b.yaml\n', 'y\n', ''],
};
const folders = ['', 'x/', 'x/y/'];
const names = ['a.yaml', 'b.yaml', 'kustomization.yaml', '.kube-netlint.yaml', '.gitignore'];

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

class Session {
  /** The documents that are open, and their versions. */
  readonly #open = new Map<string, { text: string; version: number }>();
  readonly #draw: (below: number) => number;

  constructor(
    readonly editor: Editor,
    readonly kind: Kind,
    seed: number,
  ) {
    this.#draw = numbers(seed);
  }

  async step(): Promise<void> {
    const name = this.#pick(folders) + this.#pick(names);
    const text = this.#pick(texts[path.posix.basename(name)] ?? texts['yaml'] ?? []);
    const isDocument = !name.endsWith('.gitignore');
    const known = this.#open.get(name);
    switch (this.#draw(8)) {
      case 0:
      case 1:
      case 2:
        if (isDocument) await this.#type(name, text);
        return;
      case 3:
        if (known === undefined) return;
        write(this.editor.folder, name, known.text);
        await this.editor.save(name);
        return this.#tell(name, 2);
      case 4:
        if (known) await this.editor.close(name);
        this.#open.delete(name);
        return;
      case 5:
        write(this.editor.folder, name, text);
        return this.#tell(name, 2);
      case 6:
        fs.rmSync(path.join(this.editor.folder, name), { force: true });
        return this.#tell(name, 3);
      default:
        return this.#moveFolder();
    }
  }

  /** What is shown, where anything is, once nothing more comes; compared with what a new server shows. */
  async compare(): Promise<void> {
    // A walk is started by the next document that is opened, where nobody tells of the disk.
    await this.editor.type('last.yaml', faulty, 1);
    const fresh = await open(this.kind.capabilities, {}, { rules, folder: this.editor.folder });
    for (const [name, { text }] of this.#open) await fresh.type(name, text, 1);
    await fresh.type('last.yaml', faulty, 1);
    await expect.poll(() => shown(this.editor), { timeout: 20_000, interval: 50 }).toEqual(await settled(fresh));
    await this.editor.close('last.yaml');
    fresh.client.dispose();
  }

  async #type(name: string, text: string): Promise<void> {
    const version = (this.#open.get(name)?.version ?? 0) + 1;
    this.#open.set(name, { text, version });
    await this.editor.type(name, text, version);
  }

  /** Editors with watchers tell of each change; of a folder they tell once. */
  async #tell(name: string, type: 1 | 2 | 3): Promise<void> {
    if (this.kind.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      await this.editor.changed(name, type);
  }

  async #moveFolder(): Promise<void> {
    const [from, to] = this.#draw(2) === 0 ? ['x', 'z'] : ['z', 'x'];
    const full = (name: string) => path.join(this.editor.folder, name);
    if (!fs.existsSync(full(from)) || fs.existsSync(full(to))) return;
    fs.renameSync(full(from), full(to));
    await this.#tell(from, 3);
    await this.#tell(to, 1);
  }

  #pick<T>(list: readonly T[]): T {
    const found = list[this.#draw(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }
}

function shown(editor: Editor) {
  const all = [...editor.told].filter(([, diagnostics]) => diagnostics.length > 0);
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a server shows once it has told of the document that was opened last. */
async function settled(editor: Editor) {
  const isTold = () => editor.sent.some(({ uri, version }) => uri === editor.uri('last.yaml') && version === 1);
  // It is told early, and all others after it.
  await until(() => isTold() && ['ready', 'end'].includes(editor.order.at(-1) ?? ''));
  return shown(editor);
}

const steps = isThorough ? 20_000 / everyKind.length : 60;

test.each(everyKind)('%s shows in the end what a new server shows', async (_, kind) => {
  const editor = await open(kind.capabilities, { 'a.yaml': pod }, { rules, manners: kind.manners });
  const session = new Session(editor, kind, 1);
  for (let step = 1; step <= steps; step++) {
    await session.step();
    if (step % (isThorough ? 50 : 20) === 0) await session.compare();
  }
});
