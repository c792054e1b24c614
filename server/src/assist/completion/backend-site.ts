import { type BackendForm, formsOf, type PortField } from '../../kube/services/backend-forms';
import type { Node } from '../../yaml/node';
import { above, type Site } from './site';
import { pathOf } from './spoken';

/** A place where a Service, or a port of one, is named. */
export interface BackendSite {
  readonly form: BackendForm;
  /** The mapping that holds the name. */
  readonly node: Node;
  /** Undefined where the name is typed. */
  readonly port: PortField | undefined;
}

export function backendSiteOf(site: Site): BackendSite | undefined {
  const { object, typing, key, path } = site;
  if (object === undefined || typing !== 'value') return undefined;
  for (const form of formsOf(object.kind)) {
    if (key === form.name && form.isAt(pathOf(site))) return meantBy({ form, node: above(site, 0), port: undefined });
    for (const field of form.ports) {
      const steps = field.path.length - 1;
      const isHere = [...path.slice(path.length - steps), key].join('.') === field.path.join('.');
      const base = { path: path.slice(0, path.length - steps) };
      if (isHere && form.isAt(pathOf({ ...site, ...base }))) {
        return meantBy({ form, node: above(site, steps), port: field });
      }
    }
  }
  return undefined;
}

/** What says that it is something else is no Service. */
function meantBy(backend: BackendSite): BackendSite | undefined {
  const kind = backend.node.at('kind').string ?? 'Service';
  return kind === 'Service' && !backend.node.at('group').string ? backend : undefined;
}
