import { nameOf } from '../../kube/resource';
import { isExternalName, isHeadless } from '../../kube/services/service';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/ip-families',
  title: 'ipFamilies of a Service agree with its ipFamilyPolicy',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services'],

  check(service, report) {
    const policy = service.at('spec', 'ipFamilyPolicy');
    const families = service.at('spec', 'ipFamilies');
    // Without selector and address it may have both families without saying so.
    const isFree = isHeadless(service) && service.at('spec', 'selector').isEmpty;
    const written = families.items().flatMap(node => node.string ?? []);
    if (isExternalName(service)) {
      const [set] = [policy, families].filter(node => !node.isEmpty);
      if (set)
        report(
          set,
          {
            what: `ExternalName Service '${nameOf(service)}' sets '${set.key}'`,
            why: 'It has no address, so it has no address family: the API server rejects it.',
            how: `Remove '${set.key}'.`,
          },
          { fixes: [remove(`Remove '${set.key}'`, set)] },
        );
    } else if (new Set(written).size < written.length) {
      report(families, {
        what: `Address family ${written[0]} is listed twice`,
        why: `The API server rejects Service '${nameOf(service)}'.`,
        how: 'Remove one of the two, or list the other family.',
      });
    } else if (written.length > 1 && (policy.string === 'SingleStack' || (policy.isEmpty && !isFree))) {
      const single = policy.isEmpty
        ? 'Without ipFamilyPolicy a Service has one family'
        : 'SingleStack allows one family';
      report(
        policy.isEmpty ? families : policy,
        {
          what: `Service '${nameOf(service)}' lists two address families and allows one`,
          why: `${single}: the API server rejects the Service.`,
          how: 'Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or list one family.',
        },
        {
          fixes: [
            set('Use PreferDualStack', policy, 'PreferDualStack'),
            set('Use RequireDualStack', policy, 'RequireDualStack'),
          ],
        },
      );
    }
  },
});
