import { affinityTermsOf } from '../pods/affinity';
import { podLabelsOf, podSpecOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import type { Objects } from '../view';
import { coreDnsImageOf, coreDnsWith } from './coredns';
import { roleOf } from './corefiles';

/** Kinds that tell which Deployment is the cluster's DNS. */
export const clusterDnsDeploymentKinds = ['ConfigMap', 'Deployment'] as const;

/** The Deployments of a namespace that are the cluster's DNS: CoreDNS with such a Corefile, or with the label of it. */
export function clusterDnsDeployments(
  namespace: Objects<(typeof clusterDnsDeploymentKinds)[number]>,
): readonly Workload[] {
  const deployments = namespace.of('Deployment');
  const running = deployments.filter(deployment => coreDnsImageOf(deployment) !== undefined);
  if (running.length === 0) return [];
  const configMaps = namespace.of('ConfigMap').filter(configMap => roleOf(configMap) === 'cluster');
  const configured = new Set(configMaps.map(configMap => coreDnsWith(configMap, deployments)));
  return running.filter(
    deployment => configured.has(deployment) || podLabelsOf(deployment).get('k8s-app') === 'kube-dns',
  );
}

/** Whether anything asks the scheduler to put the pods on several nodes. */
export function isSpread(workload: Workload): boolean {
  const isApart = affinityTermsOf(workload).some(({ field }) => field === 'podAntiAffinity');
  return isApart || !podSpecOf(workload).at('topologySpreadConstraints').isEmpty;
}

/** Whether an object sets the number of replicas of a Deployment: an autoscaler of Kubernetes, or cluster-proportional. */
export function scales(scaler: Resource, deployment: Workload): boolean {
  const name = deployment.name.string ?? '';
  if (scaler.kind === 'HorizontalPodAutoscaler') return scaler.at('spec', 'scaleTargetRef', 'name').string === name;
  const containers = podSpecOf(scaler).at('containers').items();
  const words = containers.flatMap(container => [...container.at('command').items(), ...container.at('args').items()]);
  return words.some(word => (word.string ?? '').toLowerCase().endsWith(`--target=deployment/${name}`));
}
