/** A release of CoreDNS (or Kubernetes) as numbers; missing parts are 0. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The release in `1.11.3`, `v1.11.3`, `1.35`, `v1.12.1-eksbuild.2` and the like; undefined where there is none. */
export function versionOf(text: string): Version | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?![\d.])/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Negative when a is older, positive when it is newer. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether a release is the one in the text, or newer. A text that is no release has always been reached. */
export function isAtLeast(version: Version, text: string): boolean {
  const other = versionOf(text);
  return other === undefined || compareVersions(version, other) >= 0;
}

/**
 * The CoreDNS that kubeadm installs with a Kubernetes minor; the newest that is known for newer ones.
 * (coredns/deployment:kubernetes/CoreDNS-k8s_version.md; from 1.34 the release notes in kubernetes/sig-release)
 */
export function coreDnsOf(kubernetes: Version): Version | undefined {
  const [major, minor] = kubernetes;
  if (major !== 1) return undefined;
  const known = shipped.findLast(([from]) => from <= minor);
  return known?.[1];
}

/** From which minor of Kubernetes 1 on. */
const shipped: readonly (readonly [minor: number, coreDns: Version])[] = [
  [9, [1, 0, 1]],
  [10, [1, 0, 6]],
  [11, [1, 1, 3]],
  [12, [1, 2, 2]],
  [13, [1, 2, 6]],
  [14, [1, 3, 1]],
  [16, [1, 6, 2]],
  [17, [1, 6, 5]],
  [18, [1, 6, 7]],
  [19, [1, 7, 0]],
  [21, [1, 8, 0]],
  [22, [1, 8, 4]],
  [23, [1, 8, 6]],
  [25, [1, 9, 3]],
  [27, [1, 10, 1]],
  [29, [1, 11, 1]],
  [31, [1, 11, 3]],
  [33, [1, 12, 0]],
  [34, [1, 12, 1]],
  [35, [1, 12, 4]],
  [36, [1, 14, 2]],
  [37, [1, 14, 6]],
];
