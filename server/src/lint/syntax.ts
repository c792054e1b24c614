import { isDefinition, mayBeManifest } from '../kube/resource';
import { memo } from '../text/maps';
import type { Range } from '../text/range';
import type { Steps } from '../text/steps';
import type { SourceFile } from '../workspace/source-file';
import { isTemplateDocument } from '../workspace/template';
import type { YamlDocument } from '../yaml/document';
import type { Config } from './config';
import { checkConfig } from './config-check';
import { heard } from './heard';
import { isOnSomewhere, levelOf } from './levels';
import { type Fault, repeatedKeyFaults } from './repeated-keys';
import { type AnyRule, type Finding, fixesOf, inLines, type Severity } from './rule';
import { unreadFault } from './unread';

/** A document that can't be parsed. The check is the parser's; this is how it is called and silenced. */
export const syntaxRule: AnyRule = {
  id: 'yaml/syntax',
  title: 'Manifests are well-formed YAML, without duplicate keys',
  severity: 'error',
  references: ['https://yaml.org/spec/1.2.2/', 'https://github.com/kubernetes-sigs/yaml'],
  per: 'resource',
  kinds: [],
  check() {},
};

/** What keeps each document that looks like a manifest from being read, or read as it is meant. */
export function* syntaxFindings(files: readonly SourceFile[], config: Config): Steps<Finding[]> {
  if (!isOnSomewhere(syntaxRule, config)) return [];
  const found: Finding[] = [];
  for (const { role, skipped, documents, path } of files) {
    if (role !== 'manifests' && role !== 'kustomization') continue;
    yield;
    for (const { document } of documents) {
      if (skipped !== undefined && isTemplateDocument(document)) continue;
      for (const fault of faultsIn[role](document)) {
        const own = fault.severity ?? syntaxRule.severity;
        const said = { rule: syntaxRule, own, path, owner: undefined, subjects: [{ path }] };
        const severity = heard(said, config);
        if (severity) found.push(engineFinding(syntaxRule, severity, { path, document }, fault));
      }
    }
  }
  return found;
}

/** What is wrong with a text is known for as long as it is the text of its document. */
const faultsOf = (role: 'manifests' | 'kustomization') =>
  memo(
    (document: YamlDocument): readonly Fault[] => {
      // Documents that nothing looks into are not parsed just to find out that they can't be.
      if (!mayBeManifest(document.text) || isDefinition(document)) return [];
      const unread = unreadFault(
        document,
        'The document cannot be read: kubectl rejects it, and nothing else in it is checked.',
      );
      return unread ? [unread] : repeatedKeyFaults(document, role);
    },
    ({ reading }) => reading,
  );

const faultsIn = { manifests: faultsOf('manifests'), kustomization: faultsOf('kustomization') };

/** At least one character, on one line. */
function visible({ start, end }: Range, text: string): Range {
  const from = Math.min(start, Math.max(0, text.length - 1));
  const lineEnd = text.indexOf('\n', from);
  const last = lineEnd === -1 || lineEnd === from ? text.length : lineEnd;
  return { start: from, end: Math.min(Math.max(end, from + 1), Math.max(last, from + 1)) };
}

/** A config file that does not fit its schema. */
export const configRule: AnyRule = {
  id: 'config/invalid',
  title: 'The config file has only settings that kube-netlint knows',
  severity: 'error',
  references: ['https://github.com/kube-netlint/kube-netlint/blob/main/schemas/config.schema.json'],
  per: 'resource',
  kinds: [],
  check() {},
};

/** What the schema has against the config files among some files, in their places. */
export function configFindings(files: readonly SourceFile[], config: Config): Finding[] {
  return files.flatMap(({ path, role, documents: [first] }) => {
    if (role !== 'config' || first === undefined) return [];
    const level = levelOf(configRule, config, { path });
    if (level === 'off') return [];
    const faults = [...checkConfig(first.document), ...(config.faultsOf?.(path) ?? [])];
    return faults.map(fault => engineFinding(configRule, level, { path, document: first.document }, fault));
  });
}

/** A finding about text rather than an object. */
function engineFinding(
  rule: AnyRule,
  level: Severity | 'own',
  { path, document }: { readonly path: string; readonly document: YamlDocument },
  fault: Fault,
): Finding {
  return {
    rule,
    severity: level === 'own' ? (fault.severity ?? rule.severity) : level,
    at: { in: document.root, range: visible(fault.range, document.text) },
    message: inLines(fault.message),
    fixes: fixesOf(fault),
    related: fault.related ?? [],
    scopes: [],
    resource: undefined,
    namespace: undefined,
    subjects: [{ path }],
  };
}
