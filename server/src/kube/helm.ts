import { embeddedDocument } from '../yaml/embedded';
import type { Node } from '../yaml/node';
import type { Kind } from './kinds';
import type { Resource } from './resource';

/** Objects that have a controller install a Helm chart. */
export const helmKinds = [
  'HelmRelease.helm.toolkit.fluxcd.io',
  'HelmChart.helm.cattle.io',
  'HelmChartConfig.helm.cattle.io',
  'Application.argoproj.io',
] as const satisfies readonly Kind[];

export interface HelmValues {
  /** The values, or a document inside a string that holds them. */
  readonly values: Node;
  /** The version of the chart as written, which may be a range. */
  readonly version: string | undefined;
}

/** The values that an object sets for a chart; RKE2 calls its copy of a chart `rke2-<chart>`. */
export function helmValuesIn(resource: Resource, chart: string): HelmValues[] {
  switch (resource.kind) {
    case 'HelmRelease.helm.toolkit.fluxcd.io': {
      const spec = resource.at('spec', 'chart', 'spec');
      const isMeant = isChart(spec.at('chart'), chart) || isChart(resource.at('spec', 'chartRef', 'name'), chart);
      return isMeant ? [{ values: resource.at('spec', 'values'), version: spec.at('version').text }] : [];
    }
    case 'HelmChart.helm.cattle.io':
      if (!isChart(resource.at('spec', 'chart'), chart)) return [];
      return inText(resource.at('spec', 'valuesContent'), resource.at('spec', 'version').text);
    case 'HelmChartConfig.helm.cattle.io':
      return isChart(resource.name, chart) ? inText(resource.at('spec', 'valuesContent'), undefined) : [];
    case 'Application.argoproj.io':
      return [resource.at('spec', 'source'), ...resource.at('spec', 'sources').items()]
        .filter(source => isChart(source.at('chart'), chart))
        .flatMap(source => {
          const version = source.at('targetRevision').text;
          return [
            { values: source.at('helm', 'valuesObject'), version },
            ...inText(source.at('helm', 'values'), version),
          ];
        });
    default:
      return [];
  }
}

function isChart(name: Node, chart: string): boolean {
  const last = name.string?.split('/').at(-1);
  return last === chart || last === `rke2-${chart}`;
}

function inText(text: Node, version: string | undefined): HelmValues[] {
  if (text.string === undefined || text.string.includes('{{')) return [];
  const document = embeddedDocument(text);
  return document && document.problems.length === 0 ? [{ values: document.root, version }] : [];
}
