import { labelsOf } from '../kube/labels';
import type { Resource } from '../kube/resource';
import { memo } from '../text/maps';

/**
 * Whether other people wrote it, or a program did, or nobody applies it: who reads of it here can hardly change it here.
 * Folders and files say so by their names, objects by what their labels say they were made by or belong to.
 */
export function isVendored(path: string, resource: Resource | undefined): boolean {
  return isForeignPath(path) || (resource !== undefined && isForeign(resource, isReleasePath(path)));
}

const foreignFolders = new RegExp(
  `(?:^|/)(?:${[
    'vendor|vendored|third[_-]party|node_modules|charts',
    'docs?|website|[._]?archived?|archives',
    'testdata|_*fixtures_*|src/test|conformance|\\.[\\w-]+-tests?|tests?/(?:[^/]+/)*(?:data|resources|checks|cases|manifests)',
  ].join('|')})/`,
  'i',
);
const generatedFiles = /(?:^|\/)(?:gotk-components|zz_generated[^/]*|[^/]+\.generated)\.ya?ml$/i;
const releaseFiles =
  /(?:^|\/)(?:[^/]*[-_.])?(?:install|components|release|bundle|deploy|operator)(?:[-_.][^/]*)?\.ya?ml$/i;

const isForeignPath = (path: string) => foreignFolders.test(path) || generatedFiles.test(path);
const isReleasePath = (path: string) => releaseFiles.test(path);

/** Projects whose releases people keep in their repositories, as `app.kubernetes.io/part-of` and the like name them. */
const projects =
  /^(?:argo-?cd|argo-(?:rollouts|workflows|events)|calico|cert-manager|cilium|contour|crossplane|external-(?:dns|secrets)|flux|gatekeeper|ingress-nginx|istio|keda|knative(?:-.+)?|kube-prometheus(?:-stack)?|kyverno|linkerd|longhorn|metallb|metrics-server|rook|sealed-secrets|strimzi|tekton(?:-.+)?|velero)$/i;

function isForeign(resource: Resource, isRelease: boolean): boolean {
  const { belongs, isNamed } = originOf(resource);
  return belongs || (isRelease && isNamed);
}

const originOf = memo((resource: Resource) => {
  const labels = labelsOf(resource.at('metadata', 'labels'));
  const label = (name: string) => labels.get(`app.kubernetes.io/${name}`) ?? '';
  return {
    belongs:
      projects.test(label('part-of')) ||
      /^(?:helm|tiller|olm)$|operator/i.test(label('managed-by')) ||
      labels.has('helm.sh/chart'),
    isNamed: ['name', 'instance'].some(name => projects.test(label(name))),
  };
});
