import type { Unknown } from '../deploy/build';
import { join } from '../text/paths';
import type { Node } from '../yaml/node';

/** `overlays/prod, resources[1] 'https://…': why`. */
export function noteOf({ message, folder, at }: Unknown): string {
  const [place, text] = [pathOf(at), at.text];
  const where = [join('', folder) || '.', `${place}${text === undefined ? '' : ` '${text}'`}`].filter(
    part => part !== '',
  );
  return `not followed: ${where.join(', ')}: ${message}`;
}

/** `patches[0]`: where in its file a node stands. */
function pathOf({ key, parent }: Node): string {
  if (key === undefined || parent === undefined) return '';
  const above = pathOf(parent);
  return typeof key === 'number' ? `${above}[${key}]` : above === '' ? key : `${above}.${key}`;
}
