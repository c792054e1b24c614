import { looksLikeOverride } from '../../corefile/detect';
import { parseOverride } from '../../corefile/parse';
import { textEntriesOf } from '../../kube/config-map';
import { customPatterns, isImported, usualPatterns } from '../../kube/dns/corefile-custom';
import { isCoreDnsCustom } from '../../kube/dns/corefiles';
import { rename } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'coredns/custom-key',
  title: 'CoreDNS imports every key of coredns-custom',
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
        if (isImported(key, patterns) || others.includes(`/${key}`)) continue;
        report(entry, `${howOf(patterns)} Nothing reads '${key}'.`, { fixes: renamed(entry, key, patterns) });
      }
    }
  },
});

function howOf(patterns: readonly string[]): string {
  if (patterns !== usualPatterns)
    return `The Corefile imports ${patterns.map(each => `'${each}'`).join(', ')} of coredns-custom.`;
  return "CoreDNS imports the keys of coredns-custom by their ending: '.server' for whole server blocks, '.override' for lines inside of the default block.";
}

function renamed(entry: Node, key: string, patterns: readonly string[]): readonly Fix[] {
  const ending = looksLikeOverride(parseOverride(entry.string ?? '')) ? 'override' : 'server';
  const name = `${key.replace(/\.(?:conf|txt|corefile|custom|cfg|include|servers?|overrides?)$/i, '')}.${ending}`;
  if (entry.parent?.at(name).exists !== false || !isImported(name, patterns) || !/^[\w.-]+$/.test(name)) return [];
  const title = `Rename the key to '${name}'`;
  return [rename(title, entry, name)];
}
