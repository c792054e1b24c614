import { defaultConfig } from '../lint/config';
import { lineOf } from '../lint/place';
import { isolationFor } from '../network/answers/isolate';
import { printManifests } from '../yaml/manifests';
import { appliedIn } from './applied';
import { visibleLines } from './visible';

/** Prints the policies that isolate the namespaces of a folder and keep the calls that its manifests show. */
export function isolateCommand(folder: string, only: string | undefined): number {
  const { workspace, cluster } = appliedIn(folder);
  const isMeant = (name: string) => (only === undefined ? !defaultConfig.target.exempt(name) : name === only);
  const namespaces = [...cluster.namespaces].filter(({ name }) => isMeant(name));
  if (namespaces.length === 0 && only !== undefined)
    throw new Error(`${folder}: nothing in it is in namespace '${only}'`);
  const isolations = namespaces.map(namespace => {
    // What is printed has no neighbours that tell where it goes.
    const written = namespace.isAssumed ? undefined : namespace.name;
    return { namespace, ...isolationFor(namespace, written) };
  });
  const policies = isolations.flatMap(isolation => isolation.policies);
  process.stdout.write(visibleLines(printManifests(policies, at => lineOf(workspace, at))));
  for (const { namespace, notes } of isolations) {
    for (const { text, at } of notes) {
      const where = at && lineOf(workspace, at);
      process.stderr.write(visibleLines(`not known in '${namespace.name}': ${text}${where ? ` (${where})` : ''}\n`));
    }
  }
  if (policies.length === 0) process.stderr.write('Nothing to add: what the manifests show is isolated already.\n');
  return 0;
}
