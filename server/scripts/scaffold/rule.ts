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
    const message = {
      what: `Unknown Service type '${type.string}'`,
      why: 'The API server refuses the Service, so nothing reaches its pods.',
      how: 'Use one of the types that exist.',
    };
    report(type, message, { fixes: [use(type, 'ClusterIP')] });
  },
});
