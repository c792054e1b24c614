import type { ControllerFacts } from './controller';

const unknownBalance = { default: 'its own method', isDefaultGood: true, settings: [] } as const;

/** Cilium's Envoy; nothing of it is chosen by annotations of Ingresses that rules here know. */
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

/** Azure's Application Gateway. */
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
