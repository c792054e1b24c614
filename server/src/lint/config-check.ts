import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../../schemas/config.schema.json';
import type { Range } from '../text/range';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import { isSound } from './config';

export interface ConfigProblem {
  readonly range: Range;
  readonly message: string;
}

let validate: ValidateFunction | undefined;

/** What the schema has against a config file, each with its place. */
export function checkConfig(document: YamlDocument): ConfigProblem[] {
  if (document.problems.length > 0) return document.problems.slice(0, 1);
  validate ??= new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  if (validate(toJson(document.root.value ?? null))) return globProblems(document.root);
  return (validate.errors ?? []).map(error => problemOf(document.root, error));
}

function globProblems(root: Node): ConfigProblem[] {
  const lists = [
    root.at('ignore'),
    root.at('exemptNamespaces'),
    ...root
      .at('scopes')
      .items()
      .map(scope => scope.at('paths')),
  ];
  return lists
    .flatMap(list => list.items())
    .filter(({ string }) => string !== undefined && !isSound(string))
    .map(({ range, source }) => ({
      range,
      message: `${source} could take too long: a glob may have three of * + { in a step, three of **, and no parentheses.`,
    }));
}

/** ajv asks objects for their prototype's methods: values of Node have none. */
const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function problemOf(root: Node, error: ErrorObject): ConfigProblem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = path.reduce((at, step) => at.at(at.isSequence ? Number(step) : step), root);
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params['additionalProperty']);
    const place = path.at(-1) === 'rules' ? 'There is no rule or area' : 'There is no setting';
    return { range: node.at(name).keyRange, message: `${place} '${name}'.` };
  }
  if (error.keyword === 'enum') {
    const allowed: unknown = error.params['allowedValues'];
    const words = Array.isArray(allowed) ? allowed.filter(word => typeof word === 'string').join(', ') : '';
    return { range: node.range, message: `'${node.source}' is not one of: ${words}.` };
  }
  if (error.keyword === 'required') {
    return { range: node.range, message: `'${String(error.params['missingProperty'])}' is missing.` };
  }
  if (error.keyword === 'pattern')
    return { range: node.range, message: `'${node.source}' is not a version such as "1.35".` };
  return { range: node.range, message: `It ${error.message ?? 'is not valid'}.` };
}
