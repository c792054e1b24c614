import { nameOf, type Resource, titleOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

const kinds = ['Sidecar.networking.istio.io', 'Telemetry.telemetry.istio.io'] as const;

export default defineRule({
  id: 'mesh/duplicate-default',
  title: 'A namespace has one default Sidecar and one default Telemetry',
  severity: 'error',
  per: 'namespace',
  kinds,
  references: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0111/',
    'https://istio.io/latest/docs/reference/config/analysis/ist0160/',
  ],

  check(namespace, report) {
    for (const kind of kinds) {
      const defaults = namespace.of(kind).filter(isDefault);
      const [first, ...others] = defaults;
      for (const other of others) {
        // The same object in two files is written twice, not there twice.
        if (first === undefined || other.name.text === first.name.text) continue;
        report(
          other.name,
          {
            what: `${titleOf(other)} is a second default of its namespace`,
            why: `Neither it nor '${nameOf(first)}' has a selector, so both are for every workload, and Istio does not define which one takes effect.`,
            how: 'Give one of them a selector, or merge them.',
          },
          { related: [{ at: first.name, message: 'The other default' }] },
        );
      }
    }
  },
});

function isDefault(resource: Resource): boolean {
  const spec = resource.at('spec');
  const selectors = ['workloadSelector', 'selector', 'targetRef', 'targetRefs'];
  return selectors.every(field => spec.at(field).isEmpty);
}
