import { isHeadless, serviceSelectorOf } from '../../kube/services/service';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/publishes-not-ready',
  title: 'Only peers that look for each other are published before they are ready',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec'],

  check(service, report) {
    const node = service.at('spec', 'publishNotReadyAddresses');
    if (node.boolean !== true || isHeadless(service) || serviceSelectorOf(service) === undefined) return;
    report(
      node,
      `With publishNotReadyAddresses this Service sends traffic to pods that say they are not ready. It is meant for headless Services, by which members of a cluster find each other before they are ready.`,
      { fixes: [remove('Send traffic to ready pods only', node)] },
    );
  },
});
