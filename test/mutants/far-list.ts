import type { EngineMutant } from './build-list';

/** Files that an editor reads for its server. */
export const farMutants: readonly EngineMutant[] = [
  {
    name: 'mirror: answers come in any order',
    file: 'host/mirror.ts',
    find: 'const next = this.#last.then(task);',
    replace: 'const next = task();',
    tests: ['mirror'],
  },
  {
    name: 'mirror: a failure is the last answer',
    file: 'host/mirror.ts',
    find: 'this.#last = next.catch(() => {});',
    replace: 'this.#last = next;',
    tests: ['mirror'],
  },
  {
    name: 'mirror: every file is sent again',
    file: 'host/mirror.ts',
    find: 'await this.#fetch(read, file => this.#files.get(file)?.stamp);',
    replace: 'await this.#fetch(read, () => undefined);',
    tests: ['mirror'],
  },
  {
    name: 'mirror: what is gone stays',
    file: 'host/mirror.ts',
    find: 'if (!kept.has(file)) this.#files.delete(file);',
    replace: '',
    tests: ['mirror'],
  },
  {
    name: 'mirror: .gitignore is read once',
    file: 'host/mirror.ts',
    find: 'for (const folder of folders) this.#ignorers.delete(folder);',
    replace: '',
    tests: ['mirror'],
  },
  {
    name: 'mirror: a folder that can not be read is empty',
    file: 'host/mirror.ts',
    find: "for (const folder of closed) this.#unread(folder, 'the folder can not be read');",
    replace: '',
    tests: ['mirror', 'editor-files'],
  },
  {
    name: 'mirror: more is fetched than anybody waits for',
    file: 'host/mirror.ts',
    find: 'const read = files.slice(0, most);',
    replace: 'const read = files;',
    tests: ['mirror'],
  },
  {
    name: 'root: things are missing where not all was read',
    file: 'lsp/root.ts',
    find: ' || this.source.isPartial === true',
    replace: '',
    tests: ['editor-files'],
  },
  {
    name: 'reader: far files are not waited for',
    file: 'lsp/reader.ts',
    find: 'await root.source.renew(folder);',
    replace: 'void root.source.renew(folder);',
    tests: ['editor-files'],
  },
  {
    name: 'editor: an answer that fails stops the reading',
    file: 'lsp/editor-host.ts',
    find: 'return what.map(() => otherwise);',
    replace: 'throw error;',
    tests: ['editor-files'],
  },
  {
    name: 'editor: it is asked for files that it did not offer',
    file: 'lsp/editor-host.ts',
    find: 'this.#isServed ? parsed(uri) : undefined',
    replace: 'parsed(uri)',
    tests: ['editor-files'],
  },
  {
    name: 'editor: what it heard of is not asked for',
    file: 'lsp/editor-host.ts',
    find: 'return mirror.hear(inside(files), inside(others));',
    replace: 'return mirror.hear([], []);',
    tests: ['editor-files'],
  },
];
