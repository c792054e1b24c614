import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { isWorkload, servingContainersOf } from '../pods/workload';
import type { Resource } from '../resource';
import { byImage } from './facts';
import type { ControllerFacts } from './facts/controller';

/** A workload that runs an ingress controller. */
export interface ControllerWorkload {
  readonly facts: ControllerFacts;
  readonly workload: Resource;
  readonly container: Node;
  /** Tag of the image, without a leading `v`. */
  readonly version: string | undefined;
  /** Values of the arguments of the container, by flag without its dashes, lower case. */
  readonly flags: ReadonlyMap<string, string>;
}

/** The ingress controllers that a workload runs, by their images. */
export const controllersRunBy = memo((workload: Resource): readonly ControllerWorkload[] =>
  isWorkload(workload) ? servingContainersOf(workload).flatMap(container => read(workload, container)) : [],
);

function read(workload: Resource, container: Node): ControllerWorkload[] {
  const image = container.at('image').string;
  const facts = image === undefined ? undefined : byImage(image);
  if (facts === undefined) return [];
  const tag = /:v?([0-9][^:@/]*)(?:@|$)/.exec(image ?? '')?.[1];
  return [{ facts, workload, container, version: tag, flags: flagsOf(container) }];
}

/** `--flag=value`, `-flag value` and `--flag value`; a flag alone is `true`. */
function flagsOf(container: Node): ReadonlyMap<string, string> {
  const words = [...container.at('command').items(), ...container.at('args').items()].flatMap(item => item.text ?? []);
  const flags = new Map<string, string>();
  for (const [i, word] of words.entries()) {
    if (!word.startsWith('-')) continue;
    const equals = word.indexOf('=');
    const name = word
      .slice(0, equals === -1 ? undefined : equals)
      .replace(/^--?/, '')
      .toLowerCase();
    const next = words[i + 1];
    const value = equals !== -1 ? word.slice(equals + 1) : next !== undefined && !next.startsWith('-') ? next : 'true';
    flags.set(name, value);
  }
  return flags;
}

/** Whether a version `1.11.3` is at least `1.12`, or `1.11.2`; undefined when there is none to compare. */
export function versionAtLeast(version: string | undefined, wanted: string): boolean | undefined {
  const own = partsOf(version);
  const other = partsOf(wanted);
  for (const [i, part] of other.entries()) {
    const difference = (own[i] ?? Number.NaN) - part;
    if (Number.isNaN(difference)) return undefined;
    if (difference !== 0) return difference > 0;
  }
  return other.length > 0 ? true : undefined;
}

/** Major and minor version, and the patch where there is one. */
function partsOf(version = ''): readonly number[] {
  const match = /^([0-9]{1,4})\.([0-9]{1,4})(?:\.([0-9]{1,4}))?/.exec(version);
  return (match ?? []).slice(1).flatMap(part => (part === undefined ? [] : [Number(part)]));
}
