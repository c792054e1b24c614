import type { Settings } from './configured';
import type { Controller } from './in-scope';
import { versionAtLeast } from './running';

/** What ingress-nginx takes for a path that is Exact or Prefix. */
export interface StrictPaths {
  /** Besides letters and digits. */
  readonly characters: string;
  /** Which versions are as strict, in words. */
  readonly when: string;
  accepts(path: string): boolean;
}

/**
 * How strictly the ingress-nginx of a scope looks at paths: undefined where it takes any, because it is older than 1.12
 * or told so. Where neither its image nor its chart tells it is taken for a recent one.
 *
 * @source kubernetes/ingress-nginx:internal/ingress/inspector/rules.go (controller-v1.8.0 to v1.15.1, '.' since pull request 13798)
 * @source kubernetes/ingress-nginx:internal/ingress/controller/config/config.go (strict-validate-path-type, true since 1.12)
 */
export function strictPathsOf({ workloads, settings }: Controller): StrictPaths | undefined {
  const asked = settings.map(({ data }) => data.at('strict-validate-path-type').text);
  const charts = settings.filter(({ resource }) => !resource.is('ConfigMap'));
  const versions = [...workloads.map(({ version }) => version), ...charts.map(versionOfChart)];
  const since = asked.includes('true') ? '1.8' : '1.12';
  if (asked.includes('false') || versions.some(version => versionAtLeast(version, since) === false)) return undefined;
  if (versions.length === 0 || !versions.every(refusesDots)) {
    return { characters: '-_./', when: 'since 1.12', accepts: path => /^\/[A-Za-z0-9._\-/]*$/.test(path) };
  }
  const when = `in version ${[...new Set(versions)].join(' and ')}`;
  return { characters: '-_/', when, accepts: path => /^\/[A-Za-z0-9_\-/]*$/.test(path) };
}

function refusesDots(version: string | undefined): boolean {
  const allowed = versionAtLeast(version, '1.13') === true ? '1.13.2' : '1.12.6';
  return versionAtLeast(version, allowed) === false;
}

/**
 * The version that a chart brings: 4.12.3 has 1.12.3, in RKE2's copy 4.12.301; below 4.10 they went their own ways.
 *
 * @source kubernetes/ingress-nginx:README.md (charts 4.13.9, 4.14.5 and 4.15.1 with 1.13.9, 1.14.5 and 1.15.1)
 * @source https://github.com/rancher/rke2-charts/pull/649 (chart 4.12.1 with 1.12.1)
 */
function versionOfChart({ chart, data }: Settings): string | undefined {
  const tag = data.parent?.at('image', 'tag').text;
  if (tag !== undefined) return tag.replace(/^v/, '');
  const [, minor, patch] = /^4\.([0-9]{1,3})\.([0-9]{1,4})(?![0-9.*x])/.exec(chart ?? '') ?? [];
  if (minor === undefined || patch === undefined) return undefined;
  const own = Number(patch) < 100 ? patch : Math.floor(Number(patch) / 100);
  return Number(minor) < 10 ? '1.9' : `1.${minor}.${own}`;
}
