import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../../schemas/config.schema.json';
import { allKinds } from '../kube/kinds';
import { nearest, slipOf } from '../text/distance';
import { join } from '../text/paths';
import { listed } from '../text/words';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import { versionText } from './config';
import { isSound } from './config-globs';
import { choose, rename } from './fixes';
import type { Fault } from './repeated-keys';
import type { Message } from './rule';
import { unreadFault } from './unread';
import { Version } from './version';

let validate: ValidateFunction | undefined;

/** What the schema has against a config file, each with its place. */
export function checkConfig(document: YamlDocument): Fault[] {
  const unread = unreadFault(document, why);
  if (unread) return [unread];
  validate ??= new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema);
  if (validate(toJson(document.root.value ?? null)))
    return problemsOfValues.flatMap(problems => problems(document.root));
  // What a choice of forms says on top of what is wrong with the form that was chosen.
  const errors = validate.errors?.filter(({ keyword }) => keyword !== 'if') ?? [];
  return errors.map(error => problemOf(document.root, error));
}

/** The files that a config file extends, beside the sets of rules that have names. */
export function extendedIn(root: Node): readonly Node[] {
  const { isSequence } = root.at('extends');
  const all = isSequence ? root.at('extends').items() : [root.at('extends')];
  return all.filter(({ string = '' }) => /\.ya?ml$/.test(string));
}

function baselineProblems(root: Node): Fault[] {
  const { string = '', range } = root.at('baseline');
  const message = said(
    `Baseline '${string}' lies outside of this folder`,
    'Name a file in the folder of the config file, or below it.',
  );
  return isBelow(string) ? [] : [{ range, message }];
}

const isBelow = (name: string) => !join('', name).startsWith('..');

export const unsound = 'could take too long: a glob may have three of * + { in a step, three of **, and no parentheses';

function versionProblems(root: Node): Fault[] {
  const { range, exists } = root.at('kubernetes');
  const text = versionText(root);
  if (!exists || Version.parse(text)?.isPossible) return [];
  return [{ range, message: said(`Unknown Kubernetes version '${text}'`, 'Write one such as "1.35".') }];
}

function globProblems(root: Node): Fault[] {
  const lists = [
    root.at('ignore'),
    root.at('exemptNamespaces'),
    ...root
      .at('scopes')
      .items()
      .map(scope => scope.at('paths')),
    ...root
      .at('overrides')
      .items()
      .flatMap(override => [override.at('files'), override.at('names'), override.at('namespaces')]),
  ];
  return lists
    .flatMap(list => list.items())
    .filter(({ string }) => string !== undefined && !isSound(string))
    .map(({ range }) => ({
      range,
      message: said(
        'This glob could take too long to match',
        'Use at most three of * + { in a step, at most three of **, and no parentheses.',
      ),
    }));
}

/** A kind that only a slip tells from one that rules speak of: any other may be of a definition that nobody sees. */
function kindProblems(root: Node): Fault[] {
  const kinds = root
    .at('overrides')
    .items()
    .flatMap(override => override.at('kinds').items());
  return kinds.flatMap(node => {
    const meant = kindMeantBy(node.string ?? '');
    if (meant === undefined) return [];
    const message = said(
      `Unknown kind '${node.string}' in 'kinds'`,
      `Use '${meant}' if that is meant: kinds are written as objects write them.`,
    );
    return [{ range: node.range, message, fixes: choose(node, meant) }];
  });
}

const kindNames = new Set(allKinds.flatMap(kind => (kind === 'Unlisted' ? [] : (kind.split('.')[0] ?? []))));

function kindMeantBy(name: string): string | undefined {
  if (kindNames.has(name)) return undefined;
  // `APPolicy` is no slip for `Policy`.
  const alike = [...kindNames].filter(kind => kind.charAt(0).toLowerCase() === name.charAt(0).toLowerCase());
  return slipOf(name.replace(/ies$/, 'y'), alike) ?? alike.find(kind => kind === name.replace(/ies$/, 'y'));
}

const problemsOfValues = [versionProblems, baselineProblems, globProblems, kindProblems];

/** ajv asks objects for their prototype's methods: values of Node have none. */
const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function problemOf(root: Node, error: ErrorObject): Fault {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = path.reduce((at, step) => at.at(at.isSequence ? Number(step) : step), root);
  const { range, source } = node;
  if (error.keyword === 'additionalProperties') {
    const isRule = path.at(-1) === 'rules';
    return unknownName(node, error, isRule ? 'rule or area' : 'setting');
  }
  if (error.keyword === 'enum') {
    const allowed: unknown = error.params['allowedValues'];
    const words = Array.isArray(allowed) ? allowed.filter(word => typeof word === 'string') : [];
    const meant = nearest(node.text ?? '', words);
    const name = nameIn(path);
    const more = name === 'extends' ? ", or name a file such as './team.yaml'" : '';
    const message = said(`Unknown value '${source}' of '${name}'`, `Use one of ${listed(words, 'or')}${more}.`);
    return { range, message, fixes: choose(node, meant) };
  }
  if (error.keyword === 'required') {
    const name = String(error.params['missingProperty']);
    return { range, message: said(`'${name}' is missing`, `Add '${name}'.`) };
  }
  if (error.keyword === 'pattern') {
    const how = 'Write a version in quotes, such as "1.35".';
    return { range, message: said(`'${source}' is not a Kubernetes version`, how) };
  }
  const name = nameIn(path);
  const fault = (error.message ?? 'is not valid').replace(',null', '');
  const how = "See 'kube-netlint explain config/invalid' for the settings and their forms.";
  return { range, message: said(`${name === undefined ? 'The config file' : `'${name}'`} ${fault}`, how) };
}

/** The name of a list rather than the place in it. */
const nameIn = (path: readonly string[]) => path.findLast(step => !/^\d+$/.test(step));

function unknownName(node: Node, error: ErrorObject, kind: 'rule or area' | 'setting'): Fault {
  const name = String(error.params['additionalProperty']);
  const known = Object.keys(Object(error.parentSchema?.['properties']));
  const meant = nearest(name, known);
  const key = node.at(name);
  const choice =
    kind === 'setting' ? `Use one of ${listed(known, 'or')}.` : "Use the id of a rule, or an area such as 'dns'.";
  return {
    range: key.keyRange,
    message: said(`Unknown ${kind} '${name}'`, meant === undefined ? choice : `Use '${meant}' if that is meant.`),
    fixes: meant === undefined || node.at(meant).exists ? [] : [rename(`Rename it to '${meant}'`, key, meant)],
  };
}

const why = 'The command line stops at a config file that is not valid, and an editor ignores this part of it.';

const said = (what: string, how: string): Message => ({ what, why, how });
