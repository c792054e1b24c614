import { isExternalName, isHeadless } from '../../kube/services/service';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/ip-families',
  title: 'A Service has as many address families as its policy allows',
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
          `A Service of type ExternalName has no address, and no address family: the API server rejects it.`,
          { fixes: [remove(`Remove '${set.key}'`, set)] },
        );
    } else if (new Set(written).size < written.length) {
      report(families, `The address family ${written[0]} is listed twice: the API server rejects the Service.`);
    } else if (written.length > 1 && (policy.string === 'SingleStack' || (policy.isEmpty && !isFree))) {
      const what = policy.isEmpty ? 'no ipFamilyPolicy allows two' : "ipFamilyPolicy 'SingleStack' allows one";
      report(
        policy.isEmpty ? families : policy,
        `This Service lists two address families, and ${what}: the API server rejects it.`,
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
