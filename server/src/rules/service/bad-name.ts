import { isPlaceholder } from '../../kube/placeholder';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/bad-name',
  title: 'Service names are valid DNS labels',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names'],

  check(service, report, target) {
    const name = service.name.string;
    if (name === undefined || name === '' || isPlaceholder(name)) return;
    const fault = faultOf(name);
    if (fault !== undefined) {
      report(service.name, {
        what: name.length > 63 ? 'Service name has more than 63 characters' : `Service name '${name}' is no DNS label`,
        why: `${fault}: the API server rejects the Service.`,
        how: 'Use lowercase letters, digits and hyphens, 63 characters at most.',
      });
    } else if (/^[0-9]/.test(name) && !target.kubernetes.atLeast('1.36')) {
      report(service.name, {
        what: `Service name '${name}' starts with a digit`,
        why: `Kubernetes allows that from 1.36 on: the API server of ${target.kubernetes} rejects the Service.`,
        how: 'Start the name with a letter, or upgrade the cluster first.',
      });
    }
  },
});

/** What no release takes; a digit at the start is a matter of the version. */
function faultOf(name: string): string | undefined {
  if (name.length > 63) return `It has ${name.length} characters, and 63 are allowed`;
  if (/[A-Z]/.test(name)) return 'It has capital letters';
  if (name.includes('.')) return 'It has a dot, which separates labels';
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
    ? undefined
    : 'Only lowercase letters, digits and inner hyphens are allowed';
}
