import { coreDnsOf, type Version, versionOf } from '../../corefile/versions';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { podSpecOf, servingContainersOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import { isCoreDnsCustom } from './corefiles';

/** Kinds that run CoreDNS: k3s and kubeadm have a Deployment, some have a DaemonSet. */
export const coreDnsWorkloadKinds = ['Deployment', 'DaemonSet'] as const;

/** A release of CoreDNS, and how sure it is. */
export interface CoreDnsRelease {
  readonly version: Version;
  /** image: the one that runs. kubernetes: the one that kubeadm installs with the target version. */
  readonly from: 'image' | 'kubernetes';
}

/**
 * The workload that runs CoreDNS with this ConfigMap; undefined where none of these does, or several might. One that mounts
 * others only runs with those; the additions of users are mounted where the provider says.
 */
export function coreDnsWith(configMap: Resource, workloads: readonly Workload[]): Workload | undefined {
  const running = workloads.filter(workload => coreDnsImageOf(workload) !== undefined);
  const mounting = running.filter(workload => mounts(workload, configMap));
  const possible = isCoreDnsCustom(configMap)
    ? running
    : running.filter(workload => configMapsOf(workload).length === 0);
  const [found, ...others] = mounting.length > 0 ? mounting : possible;
  return others.length === 0 ? found : undefined;
}

/** The release that reads a Corefile: of the image that runs, else of the target Kubernetes. */
export function releaseOf(workload: Workload | undefined, kubernetes: string): CoreDnsRelease | undefined {
  const image = workload && versionOf(tagOf(coreDnsImageOf(workload) ?? ''));
  if (image !== undefined) return { version: image, from: 'image' };
  const minor = versionOf(kubernetes);
  const shipped = minor && coreDnsOf(minor);
  return shipped && { version: shipped, from: 'kubernetes' };
}

/** The image of the CoreDNS container of a workload: official, mirrored, or of a vendor. */
export const coreDnsImageOf = memo(
  (workload: Workload): string | undefined => coreDnsContainerOf(workload)?.at('image').string,
);

export const coreDnsContainerOf = memo((workload: Workload): Node | undefined =>
  servingContainersOf(workload).find(container => isCoreDnsImage(container.at('image').string ?? '')),
);

function isCoreDnsImage(image: string): boolean {
  const path = image.split('@')[0]?.replace(/:[^:/]*$/, '') ?? '';
  return /(?:^|[/-])coredns$/.test(path);
}

function tagOf(image: string): string {
  return /:([^:/@]+)(?:@|$)/.exec(image)?.[1] ?? '';
}

function mounts(workload: Workload, configMap: Resource): boolean {
  return configMapsOf(workload).some(name => name === configMap.name.string);
}

/** Names of the ConfigMaps that a workload mounts. */
function configMapsOf(workload: Workload): readonly string[] {
  return podSpecOf(workload)
    .at('volumes')
    .items()
    .flatMap(volume => [volume, ...volume.at('projected', 'sources').items()])
    .flatMap(source => source.at('configMap', 'name').string ?? []);
}
