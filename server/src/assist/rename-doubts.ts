import type { Build } from '../deploy/builds';
import { anchored } from '../deploy/select';
import { addressesIn, serviceNamesOf } from '../kube/address';
import { helmKinds } from '../kube/helm';
import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import { LineIndex } from '../text/lines';
import { ancestorsOf, folderOf, isWithin } from '../text/paths';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import type { Placed } from './mentions/build-mentions';
import type { LabelMeaning } from './mentions/mention';
import { buildsSeenBy } from './mentions/occurrences';
import { placeOfSpot } from './places';
import type { Subject } from './rename-subject';

/** Why a name can't be followed everywhere: something that nobody here reads may say it. Undefined where all is read. */
export function doubtAbout(workspace: Workspace, subject: Subject, occurrences: readonly Placed[]): string | undefined {
  const own = new Set(occurrences.filter(({ isOwn }) => isOwn).map(({ build }) => build));
  const seen = new Set(occurrences.flatMap(({ build }) => [...buildsSeenBy(workspace, build)]));
  const reason =
    unfollowed(own) ??
    unreadFile(workspace, subject, occurrences) ??
    expressionIn(subject, own) ??
    unreadObject(workspace, subject, seen, occurrences);
  return reason && `The ${subject.title} can't be renamed: ${reason}.`;
}

/** What a build could not follow may name anything. */
function unfollowed(builds: ReadonlySet<Build>): string | undefined {
  for (const { name, unknown, reads } of builds) {
    const [first] = unknown;
    if (first) return `not all of the build of '${name}' could be followed (${first.message})`;
    for (const [path, read] of reads) {
      if (read === 'unread') return `the build of '${name}' takes '${path}', which nobody here reads`;
    }
  }
  return undefined;
}

/** A template, values of a chart, or a manifest that can't be read, beside the others, that holds the words. */
function unreadFile({ files }: Workspace, subject: Subject, occurrences: readonly Placed[]): string | undefined {
  const words = wordsOf(subject);
  const areas = new Set(occurrences.map(({ member: { path } }) => folderOf(folderOf(path))));
  const charts = new Set(
    Array.from(files.values(), ({ path, role }) => (role === 'chart' ? folderOf(path) : undefined)),
  );
  for (const file of files.values()) {
    if (!isUnread(file, charts) || !isNear(file.path, areas) || !namesOwner(file.text, subject, occurrences)) continue;
    const at = words(file.text);
    if (at === undefined) continue;
    const line = new LineIndex(file.text).positionAt(at).line + 1;
    return `${file.path}:${line} may name it, and ${file.role === 'template' ? 'templates are' : 'that file is'} not read`;
  }
  return undefined;
}

const isNear = (path: string, areas: ReadonlySet<string>) => [...areas].some(area => isWithin(path, area));

function isUnread({ path, role, skipped, documents }: SourceFile, charts: ReadonlySet<string | undefined>): boolean {
  if (role === 'template' || skipped !== undefined) return true;
  if (documents.some(({ document }) => document.problems.length > 0)) return true;
  return (
    role === 'other' &&
    (/(?:^|\/)values[^/]*\.ya?ml$/.test(path) || [...ancestorsOf(folderOf(path))].some(one => charts.has(one)))
  );
}

/** Many have a port `http`, or labels of one key: such a text has to say whose, or that it is about labels. */
function namesOwner(text: string, { means }: Subject, occurrences: readonly Placed[]): boolean {
  if (means.about === 'label' && means.value === undefined) return /labels|selector/i.test(text);
  if (means.about !== 'port') return true;
  return occurrences.some(({ isOwn, member }) => isOwn && text.includes(member.resource.name.text ?? ''));
}

/** Where a text says the words of a subject. */
function wordsOf({ means, name }: Subject): (text: string) => number | undefined {
  const expression = new RegExp(patternOf(means, name));
  return text => (text.includes(name) ? expression.exec(text)?.index : undefined);
}

function patternOf(means: Subject['means'], name: string): string {
  if (means.about === 'port') return `[pP]ort\\w*["']?:\\s*${word(name)}`;
  if (means.about === 'label' && means.value !== undefined) return `${word(means.key)}\\s*[:=]+\\s*${word(name)}`;
  const isNamespace = means.about === 'object' && means.kind === 'Namespace';
  return isNamespace ? `${word(name)}|\\.${literal(name)}(?:\\.svc|[:/"'\\s])` : word(name);
}

/** A name with nothing around it that would make another one of it. */
const word = (text: string) => `(?<![\\w.-])["']?${literal(text)}["']?(?![\\w-])`;
const literal = (text: string) => text.replace(/[.*+?^$(){}|[\]\\/]/g, '\\$&');

/** Targets of patches and the like that are no names but expressions, or select by labels. */
function expressionIn({ means, name }: Subject, builds: ReadonlySet<Build>): string | undefined {
  for (const { members } of builds) {
    for (const { resource, path } of members) {
      if (resource.kind !== 'Kustomization.kustomize.config.k8s.io') continue;
      const targets = ['patches', 'patchesJson6902'].flatMap(field =>
        resource
          .at(field)
          .items()
          .map(item => item.at('target')),
      );
      for (const target of targets) {
        const [kind, written] = [target.at('kind').string, target.at('name').string];
        const isPlain = written === undefined || /^[a-z0-9.-]+$/.test(written);
        if (
          means.about === 'object' &&
          !isPlain &&
          (kind ?? means.kindName) === means.kindName &&
          anchored(written).matches(name)
        ) {
          return `a patch in ${path} selects it by the expression '${written}'`;
        }
        if (means.about === 'label' && (target.at('labelSelector').string ?? '').includes(means.key)) {
          return `a patch in ${path} selects by the label`;
        }
      }
    }
  }
  return undefined;
}

const charts: ReadonlySet<string> = new Set(helmKinds);

/** An object of a kind that is not read, in which the name stands where one is to be expected. */
function unreadObject(
  workspace: Workspace,
  subject: Subject,
  builds: ReadonlySet<Build>,
  occurrences: readonly Placed[],
): string | undefined {
  const known = new Set(occurrences.map(({ at }) => at.node.written));
  const says = wordsOf(subject);
  for (const { members } of builds) {
    for (const { resource } of members) {
      if (!resource.node.document.text.includes(subject.name)) continue;
      const isChart = charts.has(resource.kind) && says(resource.document.text) !== undefined;
      const at = isChart ? resource.name : suspect(resource, subject, known);
      if (at === undefined) continue;
      const place = placeOfSpot(workspace, { node: at, part: 'value' });
      const where = place === undefined ? '' : ` (${place.path}:${lineIn(workspace, place.path, place.range.start)})`;
      return `${resource.kindName} '${resource.name.text ?? ''}'${where} may name it, and nobody here knows`;
    }
  }
  return undefined;
}

function lineIn({ files }: Workspace, path: string, offset: number): number {
  return new LineIndex(files.get(path)?.text ?? '').positionAt(offset).line + 1;
}

/** @own the words in keys under which names of such objects stand */
const keys: Readonly<Record<string, RegExp>> = {
  Service: /service|svc|host|backend|upstream|url|address|endpoint/i,
  Gateway: /gateway/i,
  ConfigMap: /config/i,
  Secret: /secret|credential|password|cert/i,
  Namespace: /namespace/i,
};

/** Kinds of which every field that names something is known. */
const followed: ReadonlySet<Kind> = new Set<Kind>([
  'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod', 'Service', 'Ingress', 'NetworkPolicy',
  'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'ServiceAccount', 'Namespace', 'ConfigMap', 'Secret', 'HTTPRoute',
  'GRPCRoute', 'Kustomization.kustomize.config.k8s.io', 'CustomResourceDefinition', 'RoleBinding', 'ClusterRoleBinding',
  'PersistentVolumeClaim',
]); // biome-ignore format: a table

function suspect(resource: Resource, { means, name }: Subject, known: ReadonlySet<Node>): Node | undefined {
  if (followed.has(resource.kind)) return undefined;
  const isSuspect = (node: Node): boolean => {
    const text = node.string;
    if (text === undefined || known.has(node.written)) return false;
    if (means.about === 'label') return labelIn(text, means) || isLabelSpelled(node, means);
    if (means.about === 'port') return text === name && /port/i.test(String(node.key));
    if (text === name)
      return [node.key, node.parent?.key, node.parent?.parent?.key].some(key =>
        keys[means.kindName]?.test(String(key)),
      );
    if (means.kindName !== 'Service' && means.kindName !== 'Namespace') return false;
    const hosts = addressesIn(text).flatMap(({ host }) => serviceNamesOf(host));
    return hosts.some(({ service, namespace }) => (means.kindName === 'Service' ? service : namespace) === name);
  };
  return firstBelow(resource.at('spec'), isSuspect, 0) ?? firstBelow(resource.at('data'), isSuspect, 0);
}

/** A selector that is written as an expression: `app == 'cart'`. */
function labelIn(text: string, { key, value }: LabelMeaning): boolean {
  return text.includes(key) && (value === undefined || text.includes(value)) && /==|!=|\bin\b|has\(|=/.test(text);
}

/** Cilium has words before the key: `k8s:app`, `io.cilium.k8s.namespace.labels.team`. */
function isLabelSpelled(node: Node, { key, value }: LabelMeaning): boolean {
  const spelled = String(node.key);
  return new RegExp(`[.:]${literal(key)}$`).test(spelled) && (value === undefined || node.string === value);
}

function firstBelow(node: Node, test: (node: Node) => boolean, depth: number): Node | undefined {
  if (test(node)) return node;
  if (depth > 20) return undefined;
  for (const child of node.isMapping ? node.entries() : node.items()) {
    const found = firstBelow(child, test, depth + 1);
    if (found) return found;
  }
  return undefined;
}
