import type { Directive } from '../../corefile/syntax';
import type { Resource } from '../resource';
import { corefilesIn, isCoreDnsCustom } from './corefiles';

/** Names of the files that a Corefile beside coredns-custom imports, as globs; those of AKS and k3s where none is at hand. */
export function customPatterns(configMaps: readonly Resource[]): readonly string[] {
  const imports = configMaps
    .filter(configMap => !isCoreDnsCustom(configMap))
    .flatMap(corefilesIn)
    .flatMap(({ corefile }) => [...corefile.imports, ...corefile.blocks.flatMap(block => block.directives)])
    .flatMap(importedFile);
  return imports.length > 0 ? imports : usualPatterns;
}

export const usualPatterns: readonly string[] = ['*.server', '*.override'];

/** Whether a glob with `*` takes a key. */
export function isImported(key: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => {
    const [head = '', ...tail] = pattern.split('*');
    const end = tail.at(-1);
    if (end === undefined) return key === pattern;
    return key.length >= head.length + end.length && key.startsWith(head) && key.endsWith(end);
  });
}

function importedFile({ name, args: [file] }: Directive): readonly string[] {
  if (name.text !== 'import' || file === undefined || !file.text.includes('/')) return [];
  return [file.text.slice(file.text.lastIndexOf('/') + 1)];
}
