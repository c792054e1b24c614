import type { Client } from './client';
import type { Reading } from './language';
import type { Roots } from './roots';

/** An open file as it is typed now; undefined where it isn't read. */
export function readingAt(roots: Roots, client: Client, uri: string): Reading | undefined {
  const found = roots.find(uri);
  if (!found?.root.isOn) return undefined;
  const { root } = found;
  const workspace = root.refresh();
  const file = workspace.files.get(found.file);
  if (file === undefined) return undefined;
  const around = roots.around(root, client);
  const kubernetes = root.kubernetesOf(found.file);
  const pathOf = (other: string) => {
    const there = roots.find(other);
    return there?.root === root ? there.file : undefined;
  };
  const { settings, findings, isRead: isWhole } = root;
  return { workspace, file, kubernetes, around, settings, findings, pathOf, isWhole };
}
