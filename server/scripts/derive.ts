import * as fs from 'node:fs';
import * as path from 'node:path';
import { engineRules, pathOfPage } from '../src/lint/engine-rules';
import { peers } from '../src/lint/honored';
import { areaOf, levels } from '../src/lint/levels';
import type { AnyRule } from '../src/lint/rule';
import { rules } from '../src/rules';
import { tableOfContents } from './contents';
import { guideFile, snippetsFile } from './guide';

interface Derived {
  readonly file: string;
  readonly text: string;
}

const everyRule = [...rules, ...engineRules].sort((a, b) => (a.id < b.id ? -1 : 1));

/** All files that follow from the rules, as they should be. */
export function derivedFiles(root: string): Derived[] {
  return [
    configSchema(),
    tableOfContents(root, everyRule),
    guideFile(root),
    snippetsFile(root),
    ...everyRule.map(rule => page(root, rule)),
  ];
}

function configSchema(): Derived {
  const level = { enum: [...levels, false] };
  const areas = [...new Set(everyRule.map(rule => areaOf(rule.id)))].sort();
  const properties = {
    ...Object.fromEntries(areas.map(area => [area, { ...level, description: `All rules of the area ${area}.` }])),
    ...Object.fromEntries(
      everyRule.map(rule => [rule.id, { ...level, description: `${rule.title} (${rule.severity}).` }]),
    ),
  };
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'kube-netlint',
    description: 'Configuration of kube-netlint: .kube-netlint.yaml at the root of a repository.',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      extends: {
        if: { type: 'array' },
        // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema.
        then: { type: 'array', items: extended },
        else: extended,
        description:
          'Which rules are on: the recommended ones (default), or all; or a config file, from the folder of this file, on which this one has the last word; or a list of them.',
      },
      kubernetes: {
        type: ['string', 'number'],
        pattern: '^v?[0-9]+\\.[0-9]+',
        description: 'Kubernetes version of the cluster, such as 1.35.',
      },
      rules: { $ref: '#/definitions/rules' },
      overrides: {
        type: ['array', 'null'],
        description:
          'Other severities for findings in some files, or about some objects: all conditions that are given must hold. The last one that holds and names a rule or its area wins.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['rules'],
          properties: {
            files: { ...some, description: 'Files and folders, as globs from the folder of this file.' },
            kinds: { ...some, description: 'Kinds of objects, such as Service.' },
            namespaces: {
              ...some,
              description: 'Namespaces in which the objects are applied, as globs; what names none is in none.',
            },
            names: { ...some, description: 'Names of objects, as globs.' },
            rules: { $ref: '#/definitions/rules' },
          },
        },
      },
      ignore: { ...globs, description: 'Files that are not linted, as globs from the folder of this file.' },
      honor: {
        type: ['array', 'null'],
        items: { enum: peers },
        description: 'Other linters whose annotations on an object silence the rules that ask the same.',
      },
      baseline: {
        type: 'string',
        description:
          'A file of findings that were known when it was written, from the folder of this file: they are not reported. `kube-netlint --write-baseline` writes it.',
      },
      exemptNamespaces: {
        ...globs,
        description:
          'Namespaces that need no isolation, besides those of Kubernetes itself; globs; !name judges one that is exempt by default.',
      },
      scopes: {
        type: ['array', 'null'],
        description:
          'What is applied together to one cluster. When written, it decides: nothing is inferred from folders.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['paths'],
          properties: {
            name: { type: 'string', description: 'How findings call the scope.' },
            paths: { ...globs, description: 'Files and folders, as globs from the folder of this file.' },
            namespace: { type: 'string', description: 'The namespace of objects that name none.' },
          },
        },
      },
    },
    definitions: {
      rules: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties,
        description: 'Severity by rule or area; the more exact one wins.',
      },
    },
  };
  return { file: 'schemas/config.schema.json', text: `${JSON.stringify(schema, null, 2)}\n` };
}

/** A file by its name; what is none has to be a set of rules, so that a slip in it can be named. */
const extended = {
  type: 'string',
  if: { not: { pattern: '\\.ya?ml$' } },
  // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema.
  then: { type: 'string', enum: ['recommended', 'all'] },
};

const globs = { type: ['array', 'null'], items: { type: 'string' } };

/** Without one nothing could hold. */
const some = { type: 'array', minItems: 1, items: { type: 'string' } };

const endOfHead = '<!-- end of the generated head -->';
const endOfTail = '## Cases\n';

/** The head of a rule's page and what stands before its cases, where it has some; the rest is written by hand. */
function page(root: string, rule: AnyRule): Derived {
  const file = pathOfPage(rule.id);
  const old = fs.readFileSync(path.join(root, file), 'utf8');
  const [body = ''] = old.split(endOfHead).slice(-1);
  const [prose = '', cases] = body.split(endOfTail);
  const [byHand = ''] = prose.split('## Options\n');
  const tested = cases === undefined ? '' : `\n${endOfTail}${cases}`;
  return { file, text: `${headOf(rule)}\n\n${byHand.trim()}\n\n${tailOf(rule)}${tested}` };
}

function headOf(rule: AnyRule): string {
  const kinds = [...new Set(rule.kinds)];
  const facts = [
    `**${rule.severity}**`,
    rule.default === 'off' ? 'off by default' : '',
    kinds.length === 0 ? 'reads files' : `reads ${kinds.length > 12 ? `${kinds.length} kinds` : kinds.join(', ')}`,
  ].filter(Boolean);
  return `# \`${rule.id}\`

${rule.title}.

${facts.join(' · ')}

${endOfHead}`;
}

function tailOf({ id, severity, since, habit, options = [], references = [] }: AnyRule): string {
  const other = severity === 'info' ? 'hint' : 'info';
  const more = [...options.map(option => optionTexts[option]), ...(habit ? [habitText] : [])];
  const sources = references.map(reference => `- <${reference}>`);
  return `## Options

${[`- \`rules: { ${id}: ${other} }\` changes how loud it is, \`off\` turns it off.`, ...more].join('\n')}

## Since

kube-netlint 0.1${since ? `; it holds from Kubernetes ${since}` : ''}.

## Sources

${sources.length > 0 ? sources.join('\n') : 'Named in the text above.'}
`;
}

const habitText =
  '- Said of more than five objects it is a habit of the repository: it is told once, with the others as related places. An open file shows its own.';

const optionTexts = {
  kubernetes: '- `kubernetes: "1.35"` is the version of the cluster, on which it depends.',
  exemptNamespaces:
    '- `exemptNamespaces: [tools-*]` names namespaces that it leaves alone; `!name` judges one that is exempt.',
} as const;
