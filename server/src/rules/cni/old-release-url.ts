import { allKinds } from '../../kube/kinds';
import { type Address, cniAddressesIn } from '../../kube/nodes/cni-address';
import { defineRule } from '../../lint/rule';
import { Version } from '../../lint/version';

const kinds = allKinds.filter(kind => kind !== 'CustomResourceDefinition');

export default defineRule({
  id: 'cni/old-release-url',
  title: 'Calico is fetched in a release that is still documented',
  severity: 'info',
  per: 'resource',
  kinds,
  references: ['https://docs.tigera.io/calico/latest/about/'],

  check(resource, report) {
    for (const address of cniAddressesIn(resource)) {
      const release = releaseIn(address);
      if (release === undefined || Version.parse(release)?.atLeast('3.29') !== false) continue;
      const start = address.at.range.start + address.text.lastIndexOf(release);
      report(
        { in: address.at.in, range: { start, end: start + release.length } },
        `Calico ${release} is an old release: only 3.29 to 3.32 are documented still. Plan the way to one of them by its upgrade notes.`,
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
