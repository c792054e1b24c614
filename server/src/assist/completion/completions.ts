import type { Range } from '../../text/range';
import type { Workspace } from '../../workspace/workspace';
import { addressItems } from './address-source';
import { type Around, aroundOf } from './around';
import { controllerAnnotations } from './controller-annotations';
import { controllerSettings } from './controller-settings';
import { listenerItems } from './gateway-source';
import { type Given, nothingGiven, type TableSource } from './given';
import { hostItems } from './host-source';
import { ignoreAnnotations } from './ignore-words';
import type { Item } from './item';
import { labelItems } from './label-source';
import { listedValues, topologyAnnotations } from './listed-values';
import { meshWords } from './mesh-source';
import { namespaceItems } from './namespace-source';
import { objectParts } from './object-parts';
import { objectItems } from './object-source';
import { podPortItems } from './port-source';
import { serviceItems } from './service-source';
import { type Site, siteAt } from './site';
import { sysctlItems } from './sysctl-source';
import { topologyItems } from './topology-source';

/** Gives what may be written at a place, of what exists around it. */
export type Source = (site: Site, around: Around) => readonly Item[];

export interface ManifestCompletions {
  readonly range: Range;
  /** Best first. */
  readonly items: readonly Item[];
  readonly typing: Site['typing'];
}

/** What may be written at an offset of a manifest that may be half typed; undefined where nothing is known. */
export function manifestCompletionsAt(
  workspace: Workspace,
  path: string,
  offset: number,
  kubernetes: string,
  given: Omit<Given, 'kubernetes'> = nothingGiven,
): ManifestCompletions | undefined {
  const file = workspace.files.get(path);
  const site = file && siteAt(file, offset);
  if (site === undefined) return undefined;
  const around = aroundOf(workspace, path, site, kubernetes);
  const items = [
    ...(around ? sources.flatMap(source => source(site, around)) : []),
    ...tables.flatMap(source => source(site, { ...given, kubernetes }, around)),
  ];
  if (items.length === 0) return undefined;
  return { range: site.range, items: inOrder(items), typing: site.typing };
}

const sources: readonly Source[] = [
  labelItems,
  namespaceItems,
  serviceItems,
  podPortItems,
  hostItems,
  objectItems,
  listenerItems,
  topologyItems,
  addressItems,
];
const tables: readonly TableSource[] = [
  controllerAnnotations,
  controllerSettings,
  meshWords,
  topologyAnnotations,
  sysctlItems,
  listedValues,
  ignoreAnnotations,
  objectParts,
];

/** Each label once, the best of it. */
function inOrder(items: readonly Item[]): readonly Item[] {
  const sorted = [...items].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  const seen = new Set<string>();
  return sorted.filter(({ label }) => !seen.has(label) && seen.add(label)).slice(0, most);
}

/** More are no help: whoever wants one of them types a letter. */
const most = 300;
