import { execFileSync } from 'node:child_process';
import { splitDocuments } from '../server/src/yaml/document';

/** The real kustomize, where it is: it says what a build is. */
export const hasKubectl = runs();

function runs(): boolean {
  try {
    execFileSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' });
    return true;
  } catch {
    console.info('Builds are compared with what the pages say: there is no kubectl here to ask.');
    return false;
  }
}

/** What a folder is built to; undefined where that fails. */
export function kustomize(folder: string): string | undefined {
  const args = ['kustomize', '--load-restrictor', 'LoadRestrictionsNone', folder];
  try {
    return execFileSync('kubectl', args, { encoding: 'utf8', stdio: 'pipe', timeout: 30_000, maxBuffer: 2 ** 28 });
  } catch {
    return undefined;
  }
}

export const objectsIn = (text: string) => splitDocuments(text).map(({ document }) => document.root.value);

/** Generated names without the hash of their content, which nothing depends on inside of a build. */
export function withoutHashes(text: string, ours: readonly unknown[]): string {
  const names = new Set(ours.map(nameOfData));
  let plain = text;
  for (const name of objectsIn(text).map(nameOfData)) {
    const [, bare = ''] = /^(.*)-[a-z0-9]{10}$/.exec(name ?? '') ?? [];
    if (name !== undefined && names.has(bare) && !names.has(name)) plain = plain.replaceAll(name, bare);
  }
  return plain;
}

/** The name of a ConfigMap or Secret. */
function nameOfData(object: unknown): string | undefined {
  if (typeof object !== 'object' || object === null || !('kind' in object && 'metadata' in object)) return undefined;
  const { kind, metadata } = object;
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata ? String(metadata.name) : undefined;
}
