import { allKinds } from '../../kube/kinds';
import { type Address, cniAddressesIn } from '../../kube/nodes/cni-address';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

/** A definition is enormous, and its descriptions link to documentation. */
const kinds = allKinds.filter(kind => kind !== 'CustomResourceDefinition');

export default defineRule({
  id: 'cni/dead-url',
  title: 'Manifests of a CNI are fetched from where they still are',
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
        report(
          address.at,
          'Weave Net is no longer served here: the company closed in February 2024, and its repository is archived. Choose a CNI that is maintained; a change of CNI needs a plan for the nodes that run.',
        );
      } else if (isCalico(address)) {
        const isFetched = /\.(?:ya?ml|json|tgz)$|\/(?:manifests|charts)(?:\/|$)/.test(address.path);
        report(
          address.at,
          isFetched
            ? `'${address.host}' no longer serves Calico's files, so this address gives 404. They are in the repository of each release, the charts at docs.tigera.io/calico/charts.`
            : `Calico's documentation has moved from '${address.host}' to docs.tigera.io.`,
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

const release = 'v3.32.1';
const manifests = ['calico.yaml', 'canal.yaml', 'custom-resources.yaml', 'tigera-operator.yaml'];

function fixesFor({ text, path, at }: Address): Fix[] {
  const file = /^(?:\/v[0-9.]+|\/master)?\/manifests\/([\w.-]+)$/.exec(path)?.[1];
  if (file && manifests.includes(file)) {
    const url = `https://raw.githubusercontent.com/projectcalico/calico/${release}/manifests/${file}`;
    return [fix(`Fetch ${file} of Calico ${release}`, edits => edits.replace(at, url))];
  }
  if (!/^\/charts\/?$/.test(path) || !text.startsWith('http')) return [];
  const edit: Fix['edit'] = edits => edits.replace(at, 'https://docs.tigera.io/calico/charts');
  return [fix('Use docs.tigera.io/calico/charts', edit)];
}
