import { isAtLeast, type Pooler } from '../../../kube/pooling/pooler';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';

/** Whether a tag of edoburu's image has the form of its tags. Before 1.22 there were others; of other makers nothing is known. */
export function isEdoburuTag({ maker, version, image: { tag } }: Pooler): boolean {
  if (maker !== 'edoburu' || version === undefined || !isAtLeast(version, [1, 22])) return true;
  return /^v\d+\.\d+\.\d+-p\d+$/.test(tag ?? '');
}

/** The tag of the current release, for the image of which it is known. A digest would name the old one. */
export function imageFix({ maker, image, container }: Pooler, title: string): readonly Fix[] {
  const field = container.at('image');
  if (maker !== 'edoburu' || (field.string ?? '').includes('@')) return [];
  const edit: Fix['edit'] = edits => edits.set(field, `${image.path}:v1.25.2-p0`);
  return [fix(title, edit)];
}
