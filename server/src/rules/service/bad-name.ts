import { isPlaceholder } from '../../kube/placeholder';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/bad-name',
  title: 'The name of a Service is a DNS label',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names'],

  check(service, report, target) {
    const name = service.name.string;
    if (name === undefined || name === '' || isPlaceholder(name)) return;
    const fault = faultOf(name);
    if (fault !== undefined) {
      report(service.name, `The name '${name}' ${fault}: the API server rejects the Service.`);
    } else if (/^[0-9]/.test(name) && !target.kubernetes.atLeast('1.36')) {
      report(
        service.name,
        `The name '${name}' begins with a digit, which the API server takes from Kubernetes 1.36 on: ${target.kubernetes} rejects it.`,
      );
    }
  },
});

/** What no release takes; a digit at the start is a matter of the version. */
function faultOf(name: string): string | undefined {
  if (name.length > 63) return `has ${name.length} characters, and a DNS label has 63 at most`;
  if (/[A-Z]/.test(name)) return 'has capital letters, and a DNS label has none';
  if (name.includes('.')) return 'has a dot, and is to be one label of a DNS name';
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
    ? undefined
    : 'is no DNS label (small letters, digits, hyphens within)';
}
