import { mayBeManifest } from '../kube/resource';
import type { Range } from '../text/range';
import { configName } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { YamlDocument } from '../yaml/document';
import { type Config, levelOf } from './config';
import { checkConfig } from './config-check';
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

/** The first syntax error of each document that looks like a manifest. */
export function syntaxFindings(workspace: Workspace, config: Config): Finding[] {
  const level = levelOf(syntaxRule, config);
  if (level === 'off') return [];
  const found: Finding[] = [];
  for (const file of workspace.files.values()) {
    if (file.role !== 'manifests' && file.role !== 'kustomization') continue;
    for (const { document } of file.documents) {
      if (file.skipped !== undefined && document.text.includes('{{')) continue;
      if (isUnparsed(document) || document.problems.length === 0) continue;
      const [problem] = document.problems;
      if (problem === undefined) continue;
      const message = `${problem.message.replace(/\.?$/, '')}: the document is not read, so nothing else is checked in it.`;
      const finding = engineFinding(syntaxRule, document, problem.range, message);
      found.push(level === 'own' ? finding : { ...finding, severity: level });
    }
  }
  return found;
}

/** Documents that nothing looks into are not parsed just to find out that they can't be. */
function isUnparsed({ text }: YamlDocument): boolean {
  return !mayBeManifest(text) || /^kind:[ \t]*["']?CustomResourceDefinition/m.test(text);
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

/** What the schema has against the config file of the workspace, in its place. */
export function configFindings(workspace: Workspace): Finding[] {
  const document = workspace.files.get(configName)?.documents[0]?.document;
  return document === undefined
    ? []
    : checkConfig(document).map(({ range, message }) => engineFinding(configRule, document, range, message));
}

/** A finding about text rather than an object. */
export function engineFinding(rule: AnyRule, document: YamlDocument, range: Range, message: string): Finding {
  return {
    rule,
    severity: rule.severity,
    at: { in: document.root, range: visible(range, document.text) },
    message,
    fixes: [],
    related: [],
    scopes: [],
    resource: undefined,
    namespace: undefined,
  };
}
