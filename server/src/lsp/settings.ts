import type { Overrides } from '../lint/config';

export interface Settings {
  readonly isOn: boolean;
  /** Whether words stand beside the text, and lines above objects. */
  readonly isHinting: boolean;
  readonly isLensing: boolean;
  readonly overrides: Overrides;
}

const names = ['enable', 'kubernetesVersion', 'rules', 'exclude', 'inlayHints', 'codeLens'];

/**
 * Our section of the settings that an editor sends: by its name, or bare, as initialization options often are.
 * Undefined where there is nothing for us in it.
 */
export function sectionOf(raw: unknown): unknown {
  if (!isRecord(raw)) return undefined;
  if ('kubeNetlint' in raw) return raw['kubeNetlint'] ?? undefined;
  return names.some(name => name in raw) ? raw : undefined;
}

/** Reads the section `kubeNetlint` of an editor's settings: whatever is not of the right type is left out. */
export function readSettings(raw: unknown): Settings {
  const settings = isRecord(raw) ? raw : {};
  const kubernetes = settings['kubernetesVersion'];
  const rules = settings['rules'];
  const exclude = settings['exclude'];
  return {
    isOn: settings['enable'] !== false,
    isHinting: switchIn(settings['inlayHints']) !== false,
    isLensing: switchIn(settings['codeLens']) === true,
    overrides: {
      kubernetes: typeof kubernetes === 'string' && kubernetes !== '' ? kubernetes : undefined,
      rules: isRecord(rules)
        ? Object.fromEntries(Object.entries(rules).map(([id, level]) => [id, String(level)]))
        : undefined,
      exclude: Array.isArray(exclude) ? exclude.filter(glob => typeof glob === 'string') : undefined,
    },
  };
}

/** `inlayHints.enable` */
const switchIn = (group: unknown) => (isRecord(group) ? group['enable'] : undefined);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
