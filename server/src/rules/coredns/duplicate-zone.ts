import { clashesIn } from '../../corefile/listeners';
import type { ServerKey } from '../../corefile/syntax';
import { defineCorefileRule, placeOfKey } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/duplicate-zone',
  title: 'No two server blocks serve the same zone on the same port',
  severity: 'error',
  references: ['https://github.com/coredns/coredns/blob/master/core/dnsserver/register.go'],

  check(view, report) {
    const { corefile, before } = view;
    const all = [...before.map(other => other.corefile), corefile];
    const whole = {
      ...corefile,
      isTemplate: all.some(({ isTemplate }) => isTemplate),
      blocks: all.flatMap(({ blocks }) => blocks),
      snippets: all.flatMap(({ snippets }) => snippets),
    };
    const own = new Set(corefile.blocks.flatMap(({ keys }) => keys));
    const homeOf = (key: ServerKey) =>
      before.find(other => other.corefile.blocks.some(({ keys }) => keys.includes(key)))?.node ?? view.node;
    const clashes = clashesIn(whole).filter(({ second }) => own.has(second));
    const told = new Map<ServerKey, number>();
    for (const { first, second, zone, port } of clashes) {
      // Of very many equal keys a few are enough: CoreDNS stops at the second.
      const count = (told.get(first) ?? 0) + 1;
      told.set(first, count);
      if (count > 5) continue;
      report(
        placeOfKey(view, second),
        {
          what: `Zone '${zone}' on port ${port} is defined twice`,
          why: "CoreDNS does not start: 'already defined'.",
          how: 'Merge the two server blocks, or remove the zone from one of them.',
        },
        { related: [{ at: placeOfKey({ node: homeOf(first) }, first), message: 'First defined here' }] },
      );
    }
  },
});
