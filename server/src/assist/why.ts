import type { Build } from '../deploy/builds';
import type { Resource } from '../kube/resource';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import { titleOf } from './linked';
import { code, escaped } from './markdown';

/** Of a list that may be long these are shown. */
const most = 6;

/**
 * Why an object is here, as Markdown: the builds that it is in, what each changes, whom it is judged with, and which are
 * alternatives and why.
 */
export function whyHere(workspace: Workspace, resource: Resource): string {
  const builds = workspace.buildsOf(resource);
  const title = `**${titleOf(resource)}**`;
  const [first] = builds;
  if (first === undefined) return `${title}\n\nNothing here applies it: no build takes this file.`;
  const parts = builds.slice(0, most).map(build => aboutBuild(workspace, build, resource));
  const more = builds.length > most ? [`- and ${builds.length - most} more`] : [];
  return [title, [...parts, ...more].join('\n'), aboutOthers(workspace, first)].join('\n\n');
}

function aboutBuild(workspace: Workspace, build: Build, resource: Resource): string {
  const made = workspace.madeBy(build, resource);
  const changes = made ? changesIn(made.node, '') : [];
  const shown = changes.slice(0, most).map(code);
  const rest = changes.length > most ? ` and ${changes.length - most} more` : '';
  const effect = changes.length === 0 ? 'as it is written' : `with ${shown.join(', ')}${rest}`;
  const unknown = build.unknown.length > 0 ? '; not all of it can be followed, so nothing is called missing' : '';
  return `- ${kinds[build.kind]} ${code(build.name)} applies it ${effect}${unknown}`;
}

const kinds: Record<Build['kind'], string> = {
  kustomization: 'The kustomization',
  component: 'The component, which nothing includes,',
  folder: 'Whoever applies the folder',
  delivery: 'What is delivered from',
  scope: 'The scope',
};

/** The fields that a build brings or changes, with their values where they are short. */
function changesIn(node: Node, path: string): string[] {
  const children = node.isMapping ? node.entries() : node.items();
  return children.flatMap(child => {
    const { key, written } = child;
    const at = typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${key}`;
    const isOwn = written.parent === node.written;
    if (isOwn && (child.isMapping || child.isSequence)) return changesIn(child, at);
    if (isOwn && child.text === written.text) return [];
    const { text } = child;
    return [text !== undefined && text.length < 40 ? `${at}: ${text}` : at];
  });
}

function aboutOthers(workspace: Workspace, build: Build): string {
  const view = workspace.views.find(({ builds }) => builds.includes(build));
  const alternatives = workspace.alternativesOf(build);
  const away = new Set(alternatives.map(one => one.build));
  const seen = view
    ? view.index.builds.filter(other => other !== build && !away.has(other) && other.kind !== 'component')
    : [];
  const names = seen.slice(0, most).map(({ name }) => code(name));
  const rest = seen.length > most ? ` and ${seen.length - most} more` : '';
  const sight = seen.length === 0 ? 'It sees no other build.' : `It is judged in sight of ${names.join(', ')}${rest}.`;
  const others = alternatives
    .slice(0, most)
    .map(({ build: { name }, reason }) => `- ${code(name)}: ${escaped(reason)}`);
  const more = alternatives.length > most ? [`- and ${alternatives.length - most} more`] : [];
  return others.length === 0
    ? sight
    : `${sight} Alternatives, which it doesn't see:\n\n${[...others, ...more].join('\n')}`;
}
