import { affinityTermsOf } from '../pods/affinity';
import { podLabelsOf, podSpecOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import type { Objects } from '../view';
import { coreDnsImageOf, coreDnsWith } from './coredns';
import { isCoreDnsCustom, roleOf } from './corefiles';

/** Kinds that tell which Deployment is the cluster's DNS. */
export const clusterDnsDeploymentKinds = ['ConfigMap', 'Deployment'] as const;

/** The Deployments of a namespace that are the cluster's DNS: CoreDNS with such a Corefile, or with the label of it. */
export function clusterDnsDeployments(
  namespace: Objects<(typeof clusterDnsDeploymentKinds)[number]>,
): readonly Workload[] {
  const deployments = namespace.of('Deployment');
  const running = deployments.filter(deployment => coreDnsImageOf(deployment) !== undefined);
  if (running.length === 0) return [];
  const configMaps = namespace
    .of('ConfigMap')
    .filter(configMap => roleOf(configMap) === 'cluster' && !isCoreDnsCustom(configMap));
  const configured = new Set(configMaps.map(configMap => coreDnsWith(configMap, deployments)));
  return running.filter(
    deployment => isOfClusterDns(deployment, deployment) && (configured.has(deployment) || isLabelled(deployment)),
  );
}

/**
 * Whether an object belongs to the DNS that the pods of a cluster ask, which stands in kube-system: a CoreDNS elsewhere is
 * somebody's own, unless its pods have the label by which the Service 'kube-dns' selects them.
 */
export function isOfClusterDns(object: Resource, workload: Workload | undefined): boolean {
  return (object.namespace ?? 'kube-system') === 'kube-system' || (workload !== undefined && isLabelled(workload));
}

function isLabelled(workload: Workload): boolean {
  return podLabelsOf(workload).get('k8s-app') === 'kube-dns';
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
