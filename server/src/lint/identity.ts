import { hashOf } from '../text/hash';
import type { Workspace } from '../workspace/workspace';
import { locate } from './place';
import type { Finding } from './rule';

/** What a finding is about, whatever is written above it: the same fault is known again when its file is edited. */
export interface Identity {
  readonly rule: string;
  readonly file: string;
  /** `apps/Deployment shop/web`; null where it is about no object. */
  readonly object: string | null;
  /** What it says first, without the numbers and places in it. */
  readonly message: string;
}

export function identityOf(workspace: Workspace, { rule, at, message, resource, namespace }: Finding): Identity {
  const group = resource?.apiVersion.includes('/') ? resource.apiVersion.replace(/[^/]*$/, '') : '';
  const name = [namespace, resource?.name.string ?? ''].filter(part => part !== undefined).join('/');
  return {
    rule: rule.id,
    file: workspace.placeOf(locate(at).document)?.file.path ?? '',
    object: resource ? `${group}${resource.kindName} ${name}` : null,
    message: shapeOf(message),
  };
}

/** The same for what is the same in every place of a repository: a file counts only where there is no object. */
export function keyOf({ rule, file, object, message }: Identity): string {
  return JSON.stringify([rule, object === null ? { file } : object, message]);
}

/** One short text for each finding; those that are alike in a file are told apart by their order. */
export function fingerprintsOf(workspace: Workspace, findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(finding => {
    const identity = identityOf(workspace, finding);
    const key = JSON.stringify([identity.file, keyOf(identity)]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return hashOf(`${key}${count}`);
  });
}

function shapeOf(message: string): string {
  const [what = ''] = message.split('\n');
  const words = what.split(' ').map(word => (/\.(?:ya?ml|json)\b/.test(word) ? '…' : word.replace(/\d+/g, '#')));
  return words.join(' ');
}
