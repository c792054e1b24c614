import { defaultConfig } from '../lint/config';
import { isolatingPolicies } from '../network/answers/isolate';
import { printBlock, usualLayout } from '../yaml/print';
import { clusterIn } from './connectivity';

/** Prints the policies that isolate the namespaces of a folder and keep the calls that its manifests show. */
export function isolateCommand(folder: string, only: string | undefined): number {
  const cluster = clusterIn(folder);
  const isMeant = (name: string) => (only === undefined ? !defaultConfig.target.exempt(name) : name === only);
  const namespaces = [...cluster.namespaces].filter(({ name }) => isMeant(name));
  if (namespaces.length === 0 && only !== undefined)
    throw new Error(`${folder}: nothing in it is in namespace '${only}'`);
  const manifests = namespaces.flatMap(namespace => [...isolatingPolicies(namespace)]);
  process.stdout.write(manifests.map(manifest => `${printBlock(manifest, usualLayout).join('\n')}\n`).join('---\n'));
  if (manifests.length === 0) process.stderr.write('Nothing to add: what the manifests show is isolated already.\n');
  return 0;
}
