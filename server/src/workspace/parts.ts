import { type Group, type Region, renewedRegion } from '../deploy/alternatives';
import type { Build } from '../deploy/builds';
import { ClusterView, keyOf, type TemplateAreas } from './cluster-view';
import { Index } from './index';

/** A region, and what its builds see of each other. */
export interface Part {
  readonly region: Region;
  readonly views: readonly ClusterView[];
  /** With alternatives in sight. */
  readonly whole: ClusterView;
}

/** What views are made with besides their builds. */
export interface Surroundings {
  readonly templates: TemplateAreas;
  readonly isLoose: boolean;
  /** Components that nothing includes: they are judged nowhere. */
  readonly components: readonly Build[];
  /** The views of before, by their key. */
  readonly before: ReadonlyMap<string, ClusterView>;
}

export function viewOf(
  index: Index,
  builds: readonly Build[],
  hidden: ReadonlySet<Build>,
  { templates, isLoose, before }: Surroundings,
): ClusterView {
  return new ClusterView(index, builds, hidden, templates, isLoose, before.get(keyOf(builds, hidden)));
}

export function partOf(region: Region, around: Surroundings): Part {
  const builds = [...region.builds, ...around.components];
  const index = new Index(builds, around.before.get(keyOf(region.builds, new Set()))?.index);
  const views = region.groups.map(group => viewOfGroup(group, index, around));
  const isWhole = views.length === 1 && around.components.length === 0;
  const [only] = views;
  return { region, views, whole: isWhole && only ? only : viewOf(index, region.builds, new Set(), around) };
}

function viewOfGroup({ builds, hidden }: Group, index: Index, around: Surroundings): ClusterView {
  if (hidden === 'all others') return viewOf(new Index(builds), builds, new Set(), around);
  return viewOf(index, builds, new Set([...hidden, ...around.components]), around);
}

/** The same part with other builds in the place of some; a view that sees none of them is the one of before. */
export function renewedPart(part: Part, renewed: ReadonlyMap<Build, Build>, around: Surroundings): Part {
  if (!part.region.builds.some(build => renewed.has(build))) return part;
  const region = renewedRegion(part.region, renewed);
  const index = new Index([...region.builds, ...around.components], part.whole.index);
  const views = part.views.map((view, i) => {
    const [old, group] = [part.region.groups[i], region.groups[i]];
    if (old === undefined || group === undefined) return view;
    const sees = (build: Build) => (old.hidden === 'all others' ? old.builds.includes(build) : !old.hidden.has(build));
    return [...renewed.keys()].some(sees) ? viewOfGroup(group, index, around) : view;
  });
  const isWhole = part.whole === part.views[0];
  const [only] = views;
  return { region, views, whole: isWhole && only ? only : viewOf(index, region.builds, new Set(), around) };
}
