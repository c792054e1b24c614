import * as path from 'node:path';
import { mapDataOf } from '../assist/drawn-map';
import { writeNamed } from '../host/read';
import { Judge } from '../lint/judge';
import type { AnyRule } from '../lint/rule';
import { foldedAtFirst, graphOf } from '../picture/graph';
import type { MapData } from '../picture/map-data';
import { layoutOf } from '../picture/placing';
import { svgOf } from '../picture/svg';
import { dotOf, mermaidOf } from '../picture/texts';
import { toldApart } from '../text/words';
import { Workspace } from '../workspace/workspace';
import { checkConfigs, configsOf, firstOf } from './config';
import { readPaths } from './files';
import { printed } from './formats/json';
import { type MapFormat, type MapOptions, mapFormats } from './map-options';
import { pageOf, styles } from './map-page';
import { progressFor } from './progress';
import { visibleLines } from './visible';

/** Draws the network that the manifests of a folder describe. */
export function mapCommand(folder: string, options: MapOptions, rules: readonly AnyRule[]): number {
  const format = formatOf(options);
  const { maps, notes } = mapsOf(folder, rules);
  const text = textOf(chosen(maps, options, format), format);
  for (const note of notes) process.stderr.write(visibleLines(`kube-netlint: ${note}\n`));
  if (options.output === undefined) process.stdout.write(text);
  else write(options.output, text);
  return 0;
}

function formatOf({ output, format }: MapOptions): MapFormat {
  const ending = output === undefined ? '' : path.extname(output).slice(1).toLowerCase();
  const found = format ?? mapFormats.find(known => known === (ending === 'mermaid' ? 'mmd' : ending));
  if (found !== undefined) return found;
  if (output === undefined) return 'mmd';
  throw new Error(
    `${output}: the ending says the format, which is one of ${mapFormats.map(known => `.${known}`).join(', ')}`,
  );
}

/** One for each view: what builds that are alternatives of each other make is never one cluster. */
function mapsOf(folder: string, rules: readonly AnyRule[]) {
  const root = process.cwd();
  const progress = progressFor({});
  const read = readPaths(root, [folder], {}, progress);
  progress.end();
  const notes = [...read.failures];
  const configs = configsOf(root, {}, failure => notes.push(failure));
  const first = firstOf(root, [folder]);
  checkConfigs(configs, [first]);
  const workspace = Workspace.empty.update(read.files, { scopes: configs.of(first).scopes, isLoose: read.isLoose });
  const findings = new Judge(rules, read.isMeant).lint(workspace, configs);
  const maps = workspace.views
    .map(view => mapDataOf(workspace, view, findings))
    .filter(({ nodes }) => nodes.length > 0);
  if (maps.length === 0) throw new Error(`${folder}: no pods in its manifests, so there is no network to draw`);
  return { maps: distinct(maps), notes };
}

/** Views that show the same, whatever they judge, are one map; different ones of one name are told apart by a number. */
function distinct(maps: readonly MapData[]): readonly MapData[] {
  const known = new Map<string, MapData>();
  for (const map of maps) {
    const key = JSON.stringify({ ...map, name: '' });
    if (!known.has(key)) known.set(key, map);
  }
  const all = [...known.values()];
  const names = toldApart(all.map(({ name }) => name));
  return all.map((map, i) => ({ ...map, name: names[i] ?? map.name }));
}

/** A page and JSON hold all; a drawing is of one. */
function chosen(maps: readonly MapData[], { build }: MapOptions, format: MapFormat): readonly MapData[] {
  const names = maps.map(({ name }) => `'${name}'`).join(', ');
  if (build !== undefined) {
    const found = maps.filter(({ name }) => name === build);
    if (found.length === 0) throw new Error(`there is no build '${build}': there are ${names}`);
    return found;
  }
  if (format === 'html' || format === 'json' || maps.length === 1) return maps;
  throw new Error(`these are alternatives, of which one can be drawn; say --build with one of ${names}`);
}

function textOf(maps: readonly MapData[], format: MapFormat): string {
  const [first] = maps;
  if (format === 'json') return printed({ version: 1, maps });
  if (format === 'html' || first === undefined) return pageOf(maps);
  if (format === 'mmd') return mermaidOf(first);
  return format === 'dot' ? dotOf(first) : drawn(first);
}

function drawn(map: MapData): string {
  const purposes = new Set(['call', 'entry', 'outside'] as const);
  const graph = graphOf(map, { folded: foldedAtFirst(map, purposes), purposes, wanted: undefined });
  const svg = svgOf(layoutOf(graph), map);
  return `${svg.replace('<defs>', `<style>${styles()}</style><defs>`)}\n`;
}

function write(file: string, text: string): void {
  const reason = writeNamed(file, text);
  if (reason !== undefined) throw new Error(`${file} was not written: ${reason}`);
}
