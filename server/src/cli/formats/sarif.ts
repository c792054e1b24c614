import type { Log, Notification, PhysicalLocation, Region, ReportingDescriptor, Result, Run } from 'sarif';
import { version } from '../../../../package.json';
import { editsOf } from '../../lint/fix';
import { fingerprintsOf } from '../../lint/identity';
import type { AnyRule, Finding, Fix, Severity } from '../../lint/rule';
import { pageOf } from '../../lint/rule-page';
import type { Workspace } from '../../workspace/workspace';
import type { Outcome } from '../outcome';
import { printed } from './json';
import { type Span, type Spot, spanIn, spotOf } from './spot';

const home = 'https://github.com/kube-netlint/kube-netlint';
const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, for code scanning and the viewers of editors. */
export function sarif(outcome: Outcome): string {
  const { workspace, findings, skipped, notes, unfollowed } = outcome;
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const fingerprints = fingerprintsOf(workspace, findings);
  const run: Run = {
    tool: {
      driver: {
        name: 'kube-netlint',
        version,
        semanticVersion: version,
        informationUri: home,
        rules: rules.map(descriptorOf),
      },
    },
    automationDetails: { id: 'kube-netlint/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [base]: { description: { text: 'The folder in which kube-netlint ran.' } } },
    invocations: [
      {
        executionSuccessful: notes.length === 0,
        toolExecutionNotifications: [
          ...skipped.map(({ file, reason }) => ({
            ...told('note', `not analysed: ${reason}`),
            locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
          })),
          ...unfollowed.map(text => told('note', text)),
          ...notes.map(text => told('error', text)),
        ],
      },
    ],
    results: findings.map((finding, i) => ({
      ...resultOf(workspace, finding),
      ruleIndex: rules.indexOf(finding.rule),
      partialFingerprints: { 'kubeNetlint/v1': fingerprints[i] ?? '' },
    })),
  };
  const log: Log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return printed(log);
}

function told(level: 'note' | 'error', text: string): Notification {
  return { level, message: { text: plain(text) } };
}

function descriptorOf({ id, title, severity, references = [] }: AnyRule): ReportingDescriptor {
  const page = pageOf(id, version);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    helpUri: page,
    help: {
      text: [`${title}.`, `Why, and what to do: ${page}`, ...references].join('\n'),
      markdown: [`${title}.`, `[Why, and what to do](${page})`, ...references.map(url => `- <${url}>`)].join('\n\n'),
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['kubernetes', 'networking'], 'problem.severity': problems[severity] },
  };
}

/** What code scanning calls them. */
const problems: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
  hint: 'recommendation',
};

function resultOf(workspace: Workspace, finding: Finding): Result {
  const { rule, severity, message, at, resource, namespace, related, scopes } = finding;
  const name = [namespace, resource?.name.string ?? ''].filter(part => part !== undefined).join('/');
  const fixes = finding.fixes.flatMap(fix => fixOf(workspace, finding, fix));
  return {
    ruleId: rule.id,
    level: levels[severity],
    message: { text: plain(message) },
    locations: [
      {
        physicalLocation: locationOf(spotOf(workspace, at)),
        ...(resource && { logicalLocations: [{ fullyQualifiedName: `${resource.kindName} ${name}`, kind: 'object' }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((each, id) => ({
        id,
        physicalLocation: locationOf(spotOf(workspace, each.at)),
        message: { text: plain(each.message) },
      })),
    }),
    ...(fixes.length > 0 && { fixes }),
    ...(scopes.length > 0 && { properties: { scopes } }),
  };
}

/**
 * What it changes, and the files that it makes. SARIF 2.1.0 knows changes of artifacts alone, in at least one region: it has
 * no word for a new one, and does not ask that an artifact is there. So a new file is text put into nothing, and says so.
 */
function fixOf(workspace: Workspace, finding: Finding, fix: Fix): NonNullable<Result['fixes']> {
  const edits = editsOf(workspace, finding, fix);
  if (edits === undefined) return [];
  const changed = [...edits.changed].flatMap(([file, changes]) => {
    const source = workspace.files.get(file);
    if (source === undefined) return [];
    const replacements = changes.map(({ range, text }) => ({
      deletedRegion: regionOf(spanIn(source, range)),
      insertedContent: { text },
    }));
    return [{ artifactLocation: artifact(file), replacements }];
  });
  const created = Array.from(edits.created, ([file, text]) => ({
    artifactLocation: artifact(file),
    replacements: [{ deletedRegion: regionOf(nothing), insertedContent: { text } }],
    properties: { created: true },
  }));
  const artifactChanges = [...created, ...changed];
  if (artifactChanges.length === 0) return [];
  return [{ description: { text: plain(fix.title) }, artifactChanges, properties: { safe: fix.safe } }];
}

const nothing: Span = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

const base = '%SRCROOT%';

/** A relative URI, of a name that may hold anything. */
const artifact = (file: string) => ({
  uri: file
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .map(encodeURIComponent)
    .join('/'),
  uriBaseId: base,
});

const locationOf = ({ file, range }: Spot): PhysicalLocation => ({
  artifactLocation: artifact(file),
  region: regionOf(range),
});

const regionOf = ({ start, end }: Span): Region => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

/** A bracket before a parenthesis would be the end of a link's text. */
const plain = (text: string) => text.replaceAll('](', '\\](');
