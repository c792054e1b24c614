import type { Resource } from '../resource';

/** Whether Ingresses without a class get this one. */
export function isDefaultClass(ingressClass: Resource): boolean {
  return ingressClass.annotation('ingressclass.kubernetes.io/is-default-class').text === 'true';
}
