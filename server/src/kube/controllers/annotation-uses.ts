import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { isPlaceholder } from '../placeholder';
import type { Resource } from '../resource';
import type { Cluster } from '../view';
import { byAnnotation } from './facts';
import type { KeyFacts } from './facts/annotation-table';
import type { ControllerFacts } from './facts/controller';
import { type ControllerKind, type Controllers, controllersIn, type Served } from './in-scope';

/** An annotation of an ingress controller, on an Ingress or a Service. */
export interface AnnotationUse {
  readonly resource: Resource<'Ingress' | 'Service'>;
  /** The annotation's value. */
  readonly node: Node;
  readonly key: string;
  /** The key without the controller's prefix. */
  readonly name: string;
  /** Whose annotation it is, by its prefix. */
  readonly facts: ControllerFacts;
  /** What that controller knows about the key; undefined for an unknown key. */
  readonly known: KeyFacts | undefined;
  /** Who serves the Ingress; undefined for a Service, and where nobody can tell. */
  readonly served: Served | undefined;
}

export const annotationKinds = ['Service'] as const satisfies readonly Kind[];

/** Every annotation of an ingress controller on what a scope judges. */
export function annotationsIn(view: Cluster<ControllerKind | 'Service'>): readonly AnnotationUse[] {
  const controllers = controllersIn(view);
  return view.judged('Ingress', 'Service').flatMap(resource => usesOn(resource, controllers));
}

/** Those that their own controller reads, as far as anybody can tell. */
export function readAnnotationsIn(view: Cluster<ControllerKind | 'Service'>): readonly AnnotationUse[] {
  return annotationsIn(view).filter(({ served, facts }) => served === undefined || served.facts === facts);
}

function usesOn(resource: Resource<'Ingress' | 'Service'>, controllers: Controllers): readonly AnnotationUse[] {
  const served = resource.is('Ingress') ? controllers.of(resource) : undefined;
  return written(resource).map(use => ({ ...use, resource, served }));
}

const written = memo((resource: Resource) =>
  resource
    .at('metadata', 'annotations')
    .entries()
    .flatMap(node => {
      const key = String(node.key);
      const facts = byAnnotation(key);
      if (facts === undefined || isPlaceholder(key)) return [];
      const prefix = facts.prefixes.find(start => key.startsWith(start)) ?? '';
      const known = facts.vocabulary?.annotations.find(key);
      return [{ node, key, name: key.slice(prefix.length), facts, known }];
    }),
);

/** Whether a key names a setting for everything, which stands in the controller's ConfigMap. */
export function isSettingOnly({ facts, name, known }: AnnotationUse): boolean {
  if (known || facts.vocabulary?.settings?.find(name) === undefined) return false;
  // With the other prefix it may be an annotation all the same: nginx.com/lb-method is a slip for nginx.org/lb-method.
  return facts.prefixes.every(prefix => facts.vocabulary?.annotations.find(prefix + name) === undefined);
}
