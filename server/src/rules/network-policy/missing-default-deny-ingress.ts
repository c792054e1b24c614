import { defineRule } from '../../lint/rule';
import { checkDefaultDeny, defaultDenyKinds } from './shared/check-default-deny';

export default defineRule({
  id: 'network-policy/missing-default-deny-ingress',
  title: 'Namespaces have a default deny for ingress',
  severity: 'warning',
  per: 'namespace',
  kinds: defaultDenyKinds,
  about: 'absence',
  options: ['exemptNamespaces'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],

  check(namespace, report, target) {
    checkDefaultDeny(namespace, 'ingress', report, target);
  },
});
