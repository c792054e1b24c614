import { nameOf } from '../../kube/resource';
import { isHeadless, serviceSelectorOf } from '../../kube/services/service';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';

export default defineRule({
  id: 'service/publishes-not-ready',
  title: 'Only headless Services publish pods that are not ready',
  severity: 'info',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    for (const service of namespace.judged('Service')) {
      const node = service.at('spec', 'publishNotReadyAddresses');
      const selector = serviceSelectorOf(service);
      if (node.boolean !== true || isHeadless(service) || selector === undefined) continue;
      // The fixed address of one member, by which the others find it.
      if (selector.requirements.some(({ key }) => memberLabels.has(key))) continue;
      // Members of a cluster join by it.
      const isForPeers = services.workloadsOf(service).some(({ kind }) => kind === 'StatefulSet');
      if (isForPeers || selector.requirements.some(({ values }) => [...values].some(value => products.has(value))))
        continue;
      report(
        node,
        {
          what: `Service '${nameOf(service)}' sends traffic to pods that are not ready`,
          why: "'publishNotReadyAddresses' is for headless Services, by which members of a cluster find each other. Here clients reach pods that cannot answer yet.",
          how: "Remove 'publishNotReadyAddresses'.",
        },
        { fixes: [remove('Send traffic to ready pods only', node)] },
      );
    }
  },
});

/**
 * Labels that tell one pod of a StatefulSet from the others.
 *
 * @source kubernetes/api:apps/v1/types.go (StatefulSetPodNameLabel, PodIndexLabel, 0.35)
 */
const memberLabels = new Set(['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index']);

/**
 * Products whose charts do it on purpose: servers that are not ready yet join the others by the name of the Service.
 *
 * @source hashicorp/vault-helm:templates/server-service.yaml (0121444)
 * @source openbao/openbao-helm:charts/openbao/templates/server-service.yaml (33582a1)
 */
const products = new Set(['vault', 'openbao']);
