import { visible } from '../text/visible';
import type { Node } from './node';
import { printBlock, usualLayout } from './print';
import type { Place } from './replace';

/** A line above a manifest, and what it is about. */
export interface Comment {
  readonly text: string;
  readonly at?: Node | Place | undefined;
}

/** A manifest that is to be written under lines of comment. */
export class Commented {
  constructor(
    readonly comments: readonly Comment[],
    readonly manifest: unknown,
  ) {}
}

/** Manifests, each with or without comments, as the text of a file. `whereIs` says in which line of which file. */
export function printManifests(
  manifests: readonly unknown[],
  whereIs: (at: Node | Place) => string | undefined = () => undefined,
): string {
  const texts = manifests.map(each => {
    const [comments, manifest] = each instanceof Commented ? [each.comments, each.manifest] : [[], each];
    const lines = comments.map(({ text, at }) => {
      const where = at && whereIs(at);
      // A name with a line end in it would go on as YAML.
      return visible(`# ${text}${where === undefined ? '' : ` (${where})`}`.trimEnd());
    });
    return [...lines, ...printBlock(manifest, usualLayout), ''].join('\n');
  });
  return texts.join('---\n');
}
