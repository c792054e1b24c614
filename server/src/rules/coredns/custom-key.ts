import { looksLikeOverride, pluginLinesIn, serverBlocksIn } from '../../corefile/detect';
import { withoutComma } from '../../corefile/keys';
import { parseCorefile, parseOverride } from '../../corefile/parse';
import { textEntriesOf } from '../../kube/config-map';
import { customPatterns, isImported, usualPatterns } from '../../kube/dns/corefile-custom';
import { isCoreDnsCustom } from '../../kube/dns/corefiles';
import { rename } from '../../lint/fixes';
import { defineRule, type Fix, type Message } from '../../lint/rule';
import { inWords, listed } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'coredns/custom-key',
  title: "The keys of 'coredns-custom' have the ending that fits their content",
  severity: 'error',
  per: 'namespace',
  kinds: ['ConfigMap'],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://docs.k3s.io/networking/networking-services#coredns',
  ],

  check(namespace, report) {
    const configMaps = namespace.of('ConfigMap');
    for (const configMap of configMaps.filter(isCoreDnsCustom)) {
      const patterns = customPatterns(configMaps);
      const entries = textEntriesOf(configMap);
      const others = entries.map(entry => entry.string ?? '').join('\n');
      for (const entry of entries) {
        const key = String(entry.key);
        // A zone or hosts file that a plugin is pointed to is read all the same.
        if (!isImported(key, patterns) && !others.includes(`/${key}`)) {
          report(entry, unread(key, patterns), { fixes: renamed(entry, key, patterns) });
          continue;
        }
        const fault = misplaced(entry, key);
        if (fault !== undefined) report(entry, fault, { fixes: renamed(entry, key, patterns) });
      }
    }
  },
});

function unread(key: string, patterns: readonly string[]): Message {
  const isUsual = patterns === usualPatterns;
  return {
    what: `Key '${key}' of 'coredns-custom' is never read`,
    why: isUsual
      ? "CoreDNS imports only keys that end in '.server' (server blocks) and '.override' (lines of the default block)."
      : `The Corefile imports only ${listed(patterns)} of 'coredns-custom'.`,
    how: `Rename the key to match ${inWords(
      patterns.map(pattern => `'${pattern}'`),
      'or',
    )}.`,
  };
}

/** What stands under the ending of the other sort. */
function misplaced(entry: Node, key: string): Message | undefined {
  const text = entry.string ?? '';
  if (key.endsWith('.override')) {
    const [block] = serverBlocksIn(parseOverride(text));
    if (block === undefined) return undefined;
    return {
      what: `Key '${key}' holds a whole server block`,
      why: `Keys of 'coredns-custom' that end in '.override' are imported inside a server block, so CoreDNS reads '${withoutComma(block.name.text)}' as a plugin and does not start.`,
      how: "Move the server block to a key that ends in '.server'.",
    };
  }
  const [line] = key.endsWith('.server') ? pluginLinesIn(parseCorefile(text)) : [];
  const name = line?.keys[0]?.token.text;
  if (name === undefined) return undefined;
  return {
    what: `Key '${key}' holds plugin lines outside of a server block`,
    why: `Keys of 'coredns-custom' that end in '.server' are imported beside the server blocks, so CoreDNS reads '${name}' as the name of a zone.`,
    how: "Move the lines to a key that ends in '.override', or put them into a server block.",
  };
}

function renamed(entry: Node, key: string, patterns: readonly string[]): readonly Fix[] {
  const override = parseOverride(entry.string ?? '');
  const blocks = serverBlocksIn(override).length;
  const isMixed = blocks > 0 && blocks < (override.blocks[0]?.directives.length ?? 0);
  const ending = blocks === 0 && looksLikeOverride(override) ? 'override' : 'server';
  const name = `${key.replace(/\.(?:conf|txt|corefile|custom|cfg|include|servers?|overrides?)$/i, '')}.${ending}`;
  if (isMixed || entry.parent?.at(name).exists !== false || !isImported(name, patterns) || !/^[\w.-]+$/.test(name))
    return [];
  const title = `Rename the key to '${name}'`;
  return [rename(title, entry, name)];
}
