import { mapDataOf } from '../assist/drawn-map';
import { workloadKinds } from '../kube/pods/workload';
import type { MapData } from '../picture/map-data';
import { toldApart } from '../text/words';
import type { Reading } from './language';

/** What an editor asks that shows a map. */
export interface MapQuestion {
  /** A file; its map is that of the cluster which it is applied to. */
  readonly uri: string;
  /** One of the names of the last answer, for another map. */
  readonly name?: string;
}

export interface MapAnswer {
  /** The maps that there are: alternatives are never one cluster. */
  readonly names: readonly string[];
  readonly name: string;
  readonly map: MapData | null;
}

/** Null while not all files are read: nobody knows yet what is there. */
export function mapIn(reading: Reading | undefined, { name: wanted }: MapQuestion): MapAnswer | null {
  if (!reading?.isWhole) return null;
  const { workspace, file, findings } = reading;
  const views = workspace.views.filter(view => view.of(...workloadKinds).length > 0);
  const names = toldApart(views.map(({ name }) => name));
  const own = new Set(file.resources.flatMap(resource => workspace.viewsOf(resource)));
  const chosen =
    [names.indexOf(wanted ?? ''), views.findIndex(view => own.has(view)), 0].find(index => index >= 0) ?? 0;
  const [view, name] = [views[chosen], names[chosen]];
  if (view === undefined || name === undefined) return { names, name: '', map: null };
  return { names, name, map: mapDataOf(workspace, view, findings) };
}
