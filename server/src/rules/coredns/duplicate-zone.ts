import { clashesIn } from '../../corefile/listeners';
import { defineCorefileRule, placeOfKey } from './corefile-rule';

export default defineCorefileRule({
  id: 'coredns/duplicate-zone',
  title: 'One server block serves a zone on a port',
  severity: 'error',
  references: ['https://github.com/coredns/coredns/blob/master/core/dnsserver/register.go'],

  check(view, report) {
    for (const { first, second, zone, port } of clashesIn(view.corefile)) {
      report(
        placeOfKey(view, second),
        `The zone '${zone}' on port ${port} is defined twice, and CoreDNS does not start then ('already defined'). Join the two server blocks, or take the zone out of one.`,
        { related: [{ at: placeOfKey(view, first), message: 'It is defined here already.' }] },
      );
    }
  },
});
