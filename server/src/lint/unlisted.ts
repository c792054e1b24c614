import type { Build } from '../deploy/builds';
import { type Resource, titleOf } from '../kube/resource';
import { folderOf, join } from '../text/paths';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import type { Config } from './config';
import { set } from './fixes';
import { heard } from './heard';
import { isOnSomewhere } from './levels';
import { type AnyRule, type Finding, inLines } from './rule';

/** A manifest that looks as if it were applied. The check needs files, which rules never see. */
export const unlistedRule: AnyRule = {
  id: 'kustomize/unlisted',
  title: 'Manifests beside a kustomization are listed in it',
  severity: 'hint',
  references: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/'],
  per: 'resource',
  kinds: [],
  check() {},
};

/** Files beside a kustomization that lists their neighbours one by one, and not them. */
export function unlistedFindings(workspace: Workspace, config: Config, builds: readonly Build[]): Finding[] {
  if (!isOnSomewhere(unlistedRule, config)) return [];
  const folders = builds.filter(({ kind }) => kind === 'folder');
  return folders.flatMap(build => {
    const kustomization = kustomizationIn(workspace, build.folder);
    const resources = kustomization?.documents[0]?.document.root.at('resources');
    if (kustomization === undefined || resources === undefined) return [];
    const files = [...build.reads.keys()].flatMap(path => workspace.files.get(path) ?? []);
    const unnamed = files.filter(file => isUnnamed(file, kustomization));
    if (unnamed.length === 0) return [];
    // What another file has in its place was left out on purpose.
    const applied = new Set(appliedBy(workspace, kustomization).map(identity));
    const forgotten = unnamed.filter(({ resources }) => !resources.some(resource => applied.has(identity(resource))));
    // A folder of which the kustomization takes a part is a choice of examples.
    if (forgotten.length >= neighboursIn(resources, build.folder, workspace)) return [];
    return forgotten.flatMap(({ path, resources: [first] }) => {
      const subjects = [{ path, owner: first, namespace: first?.namespace }];
      const { severity: own } = unlistedRule;
      const severity = heard({ rule: unlistedRule, own, path, owner: first, subjects }, config);
      return first && severity ? [{ ...finding(first, nameOf(path), resources, severity), subjects }] : [];
    });
  });
}

function finding(
  resource: Resource,
  name: string,
  resources: Node,
  severity: Finding['severity'],
): Omit<Finding, 'subjects'> {
  return {
    rule: unlistedRule,
    severity,
    at: resource.node,
    message: inLines({
      what: `'${name}' is not listed in its kustomization`,
      why: `${titleOf(resource)} is not applied with the manifests beside it.`,
      how: "List the file under 'resources', unless something else applies it.",
    }),
    fixes: [
      set(`List '${name}' in the kustomization`, resources.at(resources.items().length), name, { reachesOthers: true }),
    ],
    related: [{ at: resources, message: 'What the kustomization applies' }],
    scopes: [],
    resource,
    namespace: resource.namespace,
  };
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const identity = ({ kindName, name }: Resource) => `${kindName}/${name.text}`;

function kustomizationIn({ files }: Workspace, folder: string): SourceFile | undefined {
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  return names.map(name => files.get(join(folder, name))).find(file => file?.role === 'kustomization');
}

/** How many files beside it a kustomization lists. */
function neighboursIn(resources: Node, folder: string, { files }: Workspace): number {
  return resources.items().filter(({ string }) => {
    const path = join(folder, string ?? '');
    return folderOf(path) === folder && files.get(path)?.role === 'manifests';
  }).length;
}

/** The objects of all builds that the kustomization is part of. */
function appliedBy(workspace: Workspace, { path }: SourceFile): Resource[] {
  const builds: readonly Build[] = workspace.readersOf(path).filter(({ kind }) => kind !== 'folder');
  return builds.flatMap(({ members }) => members.map(({ resource }) => resource));
}

/**
 * Whether a file has to do with the network, and nothing tells that it was left out on purpose: a comment that names it,
 * or objects that tell a controller what to apply.
 */
function isUnnamed({ path, resources }: SourceFile, kustomization: SourceFile): boolean {
  if (kustomization.text.includes(nameOf(path).replace(/\.[^.]*$/, ''))) return false;
  const isController = ({ apiVersion }: Resource) =>
    /^(?:kustomize\.toolkit\.fluxcd\.io|argoproj\.io|kustomize\.config)/.test(apiVersion);
  return (
    resources.some(({ kind, apiVersion }) => kind !== 'Unlisted' && !apiVersion.startsWith('rbac.')) &&
    !resources.some(isController)
  );
}
