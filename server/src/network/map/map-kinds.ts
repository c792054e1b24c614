import { isolationKinds } from '../../kube/policies/isolation';
import { entryKinds } from '../answers/entries';
import { outsideCallKinds } from '../answers/outside-calls';

/** Every kind that a map is made of. */
export const mapKinds = [...new Set([...entryKinds, ...outsideCallKinds, ...isolationKinds] as const)] as const;

export type MapKind = (typeof mapKinds)[number];
