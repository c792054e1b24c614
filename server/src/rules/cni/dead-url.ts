import { allKinds } from '../../kube/kinds';
import { type Address, calicoReleases, cniAddressesIn } from '../../kube/nodes/cni-address';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

/** A definition is enormous, and its descriptions link to documentation. */
const kinds = allKinds.filter(kind => kind !== 'CustomResourceDefinition');

export default defineRule({
  id: 'cni/dead-url',
  title: 'Addresses of CNI manifests still exist',
  severity: 'warning',
  per: 'resource',
  kinds,
  references: [
    'https://github.com/projectcalico/calico/issues/6587',
    'https://github.com/projectcalico/calico/issues/7300',
    'https://github.com/weaveworks/weave',
  ],

  check(resource, report) {
    for (const address of cniAddressesIn(resource)) {
      if (isWeave(address)) {
        report(address.at, {
          what: `'${address.host}' no longer serves Weave Net`,
          why: 'The company behind it closed in February 2024, and the repository is archived: the address leads nowhere.',
          how: 'Choose a maintained CNI, and plan the change for the nodes that run.',
        });
      } else if (isCalico(address)) {
        const isFetched = /\.(?:ya?ml|json|tgz)$|\/(?:manifests|charts)(?:\/|$)/.test(address.path);
        report(
          address.at,
          isFetched
            ? {
                what: `'${address.host}' no longer serves Calico's files`,
                why: 'The address gives 404, so whatever fetches it fails.',
                how: "Take manifests from the release's tag on GitHub, and charts from docs.tigera.io/calico/charts.",
              }
            : {
                what: `Calico's documentation has moved from '${address.host}'`,
                why: 'The old address is not maintained, and what it leads to may be gone.',
                how: 'Link to docs.tigera.io.',
              },
          { severity: isFetched ? 'warning' : 'info', fixes: fixesFor(address) },
        );
      }
    }
  },
});

function isWeave({ host, path }: Address): boolean {
  return (
    (host === 'cloud.weave.works' && path.startsWith('/k8s')) || (host === 'git.io' && path.startsWith('/weave-kube'))
  );
}

/** projectcalico.docs.tigera.io still leads readers on; its files are gone. */
function isCalico({ host, path }: Address): boolean {
  if (host === 'docs.projectcalico.org') return path.length > 1;
  return host === 'projectcalico.docs.tigera.io' && /^\/(?:manifests|charts)(?:\/|$)/.test(path);
}

const manifests = ['calico.yaml', 'canal.yaml', 'custom-resources.yaml', 'tigera-operator.yaml'];

function fixesFor({ text, path, at }: Address): Fix[] {
  const file = /^(?:\/v[0-9.]+|\/master)?\/manifests\/([\w.-]+)$/.exec(path)?.[1];
  if (file && manifests.includes(file)) {
    const url = `https://raw.githubusercontent.com/projectcalico/calico/${calicoReleases.tag}/manifests/${file}`;
    return [fix(`Fetch ${file} of Calico ${calicoReleases.tag}`, edits => edits.replace(at, url))];
  }
  if (!/^\/charts\/?$/.test(path) || !text.startsWith('http')) return [];
  const edit: Fix['edit'] = edits => edits.replace(at, 'https://docs.tigera.io/calico/charts');
  return [fix('Use docs.tigera.io/calico/charts', edit)];
}
