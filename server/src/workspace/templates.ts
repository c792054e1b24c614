import { ancestorsOf, folderOf } from '../text/paths';
import type { TemplateAreas } from './cluster-view';
import { readSource, type SourceFile } from './source-file';

const mayBeOfChart = ({ path, role }: SourceFile) =>
  (role === 'manifests' || role === 'template') && /(?:^|\/)(?:templates|files)\//.test(path);

/** Files below `templates/`, and those below `files/` that templates take in, are templates only beside a Chart.yaml, whichever of the two came first. */
export function settleCharts(files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, SourceFile> {
  const charts = new Set<string>();
  for (const file of files.values()) if (file.role === 'chart') charts.add(folderOf(file.path));
  const settled = new Map<string, SourceFile>();
  for (const [path, file] of files) {
    if (!mayBeOfChart(file)) settled.set(path, file);
    else settled.set(path, settledTemplate(file, chartOf(path, charts) !== undefined));
  }
  return settled;
}

function settledTemplate(file: SourceFile, isInChart: boolean): SourceFile {
  if (isInChart === (file.role === 'template')) return file;
  if (!isInChart) return readSource(file.path, file.text, file);
  return { ...file, role: 'template', resources: [], skipped: ofChart };
}

const ofChart = 'a chart template: only what it renders to can be checked';

/** A file that was settled before, with another text, where no chart has come or gone. */
export function settledAs(old: SourceFile, file: SourceFile): SourceFile {
  return mayBeOfChart(file) && old.skipped === ofChart ? settledTemplate(file, true) : file;
}

/** The chart whose `templates/` or `files/` hold a path. */
function chartOf(path: string, charts: ReadonlySet<string>): string | undefined {
  const segments = path.split('/');
  for (const [i, segment] of segments.entries()) {
    const chart = segments.slice(0, i).join('/');
    if ((segment === 'templates' || segment === 'files') && charts.has(chart)) return chart;
  }
  return undefined;
}

/** Folders in which templates add objects: beside a chart and below, beside a file with templates and below. */
export function templateAreas(files: ReadonlyMap<string, SourceFile>): TemplateAreas {
  const areas = new Set<string>();
  for (const file of files.values()) {
    if (file.role === 'chart') areas.add(folderOf(folderOf(file.path)));
    else if ((file.role === 'manifests' || file.role === 'template') && file.skipped !== undefined)
      areas.add(folderOf(file.path));
  }
  return { areNear: path => [...ancestorsOf(path)].some(folder => areas.has(folder)) };
}
