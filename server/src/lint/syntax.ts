import { isDefinition, mayBeManifest } from '../kube/resource';
import { memo } from '../text/maps';
import type { Range } from '../text/range';
import type { Steps } from '../text/steps';
import type { SourceFile } from '../workspace/source-file';
import { isTemplateDocument } from '../workspace/template';
import type { YamlDocument } from '../yaml/document';
import { type Config, levelOf } from './config';
import { checkConfig } from './config-check';
import { type Fault, repeatedKeyFaults } from './repeated-keys';
import type { AnyRule, Finding } from './rule';

/** A document that can't be parsed. The check is the parser's; this is how it is called and silenced. */
export const syntaxRule: AnyRule = {
  id: 'yaml/syntax',
  title: 'Manifests are well-formed YAML',
  severity: 'error',
  per: 'resource',
  kinds: [],
  check() {},
};

/** What keeps each document that looks like a manifest from being read, or read as it is meant. */
export function* syntaxFindings(files: readonly SourceFile[], config: Config): Steps<Finding[]> {
  const level = levelOf(syntaxRule, config);
  if (level === 'off') return [];
  const found: Finding[] = [];
  for (const { role, skipped, documents } of files) {
    if (role !== 'manifests' && role !== 'kustomization') continue;
    yield;
    for (const { document } of documents) {
      if (skipped !== undefined && isTemplateDocument(document)) continue;
      for (const fault of faultsIn[role](document)) {
        const finding = engineFinding(syntaxRule, document, fault);
        found.push(level === 'own' ? finding : { ...finding, severity: level });
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
      const unread = unreadFault(document);
      return unread ? [unread] : repeatedKeyFaults(document, role);
    },
    ({ reading }) => reading,
  );

const faultsIn = { manifests: faultsOf('manifests'), kustomization: faultsOf('kustomization') };

/** The first of its syntax errors. */
function unreadFault({ problems: [problem] }: YamlDocument): Fault | undefined {
  if (problem === undefined) return undefined;
  const said = problem.message.replace(/\.?$/, '');
  return { range: problem.range, message: `${said}: the document is not read, so nothing else is checked in it.` };
}

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
  title: 'The config file says only what kube-netlint understands',
  severity: 'error',
  per: 'resource',
  kinds: [],
  check() {},
};

/** What the schema has against the config files among some files, in their places. */
export function configFindings(files: readonly SourceFile[]): Finding[] {
  return files.flatMap(({ role, documents: [first] }) => {
    if (role !== 'config' || first === undefined) return [];
    return checkConfig(first.document).map(problem => engineFinding(configRule, first.document, problem));
  });
}

/** A finding about text rather than an object. */
function engineFinding(rule: AnyRule, document: YamlDocument, fault: Fault): Finding {
  return {
    rule,
    severity: fault.severity ?? rule.severity,
    at: { in: document.root, range: visible(fault.range, document.text) },
    message: fault.message,
    fixes: fault.fixes ?? [],
    related: fault.related ?? [],
    scopes: [],
    resource: undefined,
    namespace: undefined,
  };
}
