import { allKinds } from '../../kube/kinds';
import { type Address, calicoReleases, cniAddressesIn } from '../../kube/nodes/cni-address';
import { defineRule } from '../../lint/rule';
import { Version } from '../../lint/version';

const kinds = allKinds.filter(kind => kind !== 'CustomResourceDefinition');

export default defineRule({
  id: 'cni/old-release-url',
  title: 'Calico is fetched in a supported release',
  severity: 'info',
  per: 'resource',
  kinds,
  references: [
    'https://docs.tigera.io/calico/latest/about/',
    'https://github.com/projectcalico/calico/releases/tag/v3.33.0',
    'https://github.com/tigera/docs/pull/2957',
  ],

  check(resource, report) {
    for (const address of cniAddressesIn(resource)) {
      const release = releaseIn(address);
      if (release === undefined || Version.parse(release)?.atLeast(calicoReleases.oldest) !== false) continue;
      const start = address.at.range.start + address.text.lastIndexOf(release);
      report(
        { in: address.at.in, range: { start, end: start + release.length } },
        {
          what: `Calico ${release} is no longer supported`,
          why: `The project supports and documents its latest three releases, ${calicoReleases.oldest} to ${calicoReleases.newest} as of November 2026.`,
          how: 'Plan the upgrade to one of them by its upgrade notes.',
        },
      );
    }
  },
});

/** `v3.25.0` in the address of a release, of a file at its tag, or of the archived documentation. */
function releaseIn({ host, path }: Address): string | undefined {
  const form =
    host === 'raw.githubusercontent.com'
      ? /^\/projectcalico\/calico\/(v[0-9]+\.[0-9]+\.[0-9]+)\//
      : host === 'github.com'
        ? /^\/projectcalico\/calico\/(?:releases\/download|raw|blob|tree)\/(v[0-9]+\.[0-9]+\.[0-9]+)\//
        : host === 'docs.tigera.io'
          ? /^\/archive\/(v[0-9]+\.[0-9]+)\//
          : undefined;
  return form?.exec(path)?.[1];
}
