import type { Register } from '../../../network/references/directory';

/** What to do about a name that leads nowhere: the namespace that has it, a name like it, or nothing known. */
export function adviceOn(kind: string, name: string, near: string | undefined, directory: Register): string {
  const there = directory.elsewhere(name);
  if (there !== undefined) return `Refer to the ${kind} of this name in namespace '${there}', or add one here.`;
  return near === undefined ? `Correct the name, or add the ${kind}.` : `Use '${near}', or add ${kind} '${name}'.`;
}
