/** Made manifests that grow in one direction. */
import { applications, documents, type Files } from './inputs';

export const inFiles = (count: number): Files => applications(count);

export const inOneFile = (count: number): Files => [['all.yaml', documents(applications(count))]];

/** Kustomizations that each build two objects of their own. */
export function builds(count: number): Files {
  return applications(count).flatMap(([path, text]): Files => {
    const folder = path.replace(/\/[^/]*$/, '');
    return [
      [path, text],
      [`${folder}/kustomization.yaml`, `resources:\n  - all.yaml\nnamePrefix: ${folder.replace(/\W/g, '-')}-\n`],
    ];
  });
}

/** As many policies as pods, in one namespace: each policy selects one of them. */
export function policiesAndPods(count: number): Files {
  const names = Array.from({ length: count }, (_, i) => `p${i}`);
  return [
    ['pods.yaml', names.map(pod).join('')],
    ['policies.yaml', names.map(name => policy(name, name)).join('')],
  ];
}

/** What `kubectl get services --all-namespaces --output yaml` prints, with a finding that has a fix in each. */
export function listOfServices(count: number): Files {
  const items = Array.from({ length: count }, (_, i) => serviceInList(`d${i}`));
  return [['list.yaml', `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`]];
}

/** One pod, and policies that select nothing. */
export function findingsInOneFile(count: number): Files {
  const policies = Array.from({ length: count }, (_, i) => policy(`n${i}`, `nobody-${i}`));
  return [['all.yaml', [pod('web'), ...policies].join('')]];
}

function pod(name: string): string {
  return `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec:
  containers:
    - name: main
      image: example.test/${name}:1
      ports: [{ containerPort: 8080 }]
`;
}

function policy(name: string, app: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: ${app} } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: ${app} } } }]
      ports: [{ port: 8080 }]
`;
}

function serviceInList(name: string): string {
  return `  - apiVersion: v1
    kind: Service
    metadata: { name: ${name}, namespace: shop }
    spec:
      selector: { app: ${name} }
      ports: [{ port: 80 }, { port: 81 }]
`;
}
