import { use } from '../../src/lint/fixes';
import { defineRule } from '../../src/lint/rule';

export default defineRule({
  id: 'area/name',
  title: 'One sentence that states what should hold',
  severity: 'warning',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/'],

  check(service, report) {
    const type = service.at('spec', 'type');
    if (type.string !== 'Example') return;
    report(type, "The type is 'Example': say what is, why it matters, and what to do.", {
      fixes: [use(type, 'ClusterIP')],
    });
  },
});
