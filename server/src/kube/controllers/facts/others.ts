import type { ControllerFacts } from './controller';

const unknownBalance = { default: 'its own method', isDefaultGood: true, settings: [] } as const;

/**
 * Cilium's Envoy; nothing of it is chosen by annotations of Ingresses that rules here know.
 *
 * @source cilium/cilium:install/kubernetes/cilium/templates/cilium-ingress-class.yaml (read 2026-11-29 at 02515d1)
 * @source https://docs.cilium.io/en/stable/network/servicemesh/ingress/ (read 2026-11-29)
 */
export const cilium: ControllerFacts = {
  id: 'cilium',
  title: 'Cilium',
  specControllers: ['cilium.io/ingress-controller'],
  classNames: ['cilium'],
  prefixes: ['ingress.cilium.io/'],
  images: [],
  classFlags: [],
  balance: unknownBalance,
};

/**
 * Azure's Application Gateway.
 *
 * @source Azure/application-gateway-kubernetes-ingress:helm/ingress-azure/values.yaml (read 2026-11-29 at 00ce53e)
 * @source Azure/application-gateway-kubernetes-ingress:helm/ingress-azure/tests/snapshots (read 2026-11-29 at cba7004)
 * @source MicrosoftDocs/azure-docs:articles/application-gateway/ingress-controller-annotations.md (2024-05-13)
 */
export const agic: ControllerFacts = {
  id: 'agic',
  title: 'the Application Gateway Ingress Controller',
  specControllers: ['azure/application-gateway'],
  classNames: ['azure-application-gateway', 'azure/application-gateway'],
  prefixes: ['appgw.ingress.kubernetes.io/'],
  images: ['azure-application-gateway/kubernetes-ingress'],
  classFlags: [],
  balance: unknownBalance,
};
