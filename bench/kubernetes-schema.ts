/**
 * A strict JSON schema of Kubernetes, made from the types of the package `kubernetes-types`, which are made from
 * Kubernetes' OpenAPI: it stands for the one that yaml-language-server would fetch, and has its form and its names. It is
 * coarser (no descriptions, no formats, integers are numbers, quantities strings), so that there is less to check.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseSync, type TSSignature, type TSType } from 'oxc-parser';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

/** The names of definitions, by those that a file calls them. */
type Names = ReadonlyMap<string, string>;

/** The text of `all.json`, any kind, and of `_definitions.json`, which it refers to. */
export function kubernetesSchema(types: string) {
  const definitions: Record<string, Schema> = {};
  const kinds: Schema[] = [];
  for (const file of fs.readdirSync(types, { recursive: true, encoding: 'utf8' }).filter(isOfTypes)) {
    for (const [name, schema] of definitionsIn(types, file)) {
      definitions[name] = schema;
      if (isKind(schema)) kinds.push({ $ref: `_definitions.json#/definitions/${name}` });
    }
  }
  return { all: JSON.stringify({ oneOf: kinds }), definitions: JSON.stringify({ definitions }) };
}

const isOfTypes = (file: string) => file.endsWith('.d.ts');

/** Only what can be applied names its kind. */
function isKind({ properties }: Schema): boolean {
  return properties?.['apiVersion']?.enum !== undefined && properties['kind']?.enum !== undefined;
}

function definitionsIn(types: string, file: string): [name: string, schema: Schema][] {
  const { program } = parseSync(file, fs.readFileSync(path.join(types, file), 'utf8'));
  const names = new Map<string, string>();
  const own = program.body.flatMap(statement => {
    if (statement.type === 'ImportDeclaration') {
      const from = path.join(path.dirname(file), statement.source.value);
      for (const { local } of statement.specifiers) names.set(local.name, definitionOf(from, local.name));
    }
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined;
    if (declaration?.type !== 'TSInterfaceDeclaration' && declaration?.type !== 'TSTypeAliasDeclaration') return [];
    const name = definitionOf(file, declaration.id.name);
    names.set(declaration.id.name, name);
    return [{ name, declaration }];
  });
  return own.map(({ name, declaration }) => [
    name,
    declaration.type === 'TSInterfaceDeclaration'
      ? schemaOfMembers(declaration.body.body, names)
      : schemaOf(declaration.typeAnnotation, names),
  ]);
}

/** `io.k8s.api.apps.v1.Deployment`. */
function definitionOf(file: string, type: string): string {
  return ['io.k8s.api', ...file.replace(/\.d\.ts$/, '').split(path.sep), type].join('.');
}

function schemaOfMembers(members: readonly TSSignature[], names: Names): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const member of members) {
    if (member.type === 'TSIndexSignature')
      return { type: 'object', additionalProperties: schemaOf(member.typeAnnotation.typeAnnotation, names) };
    if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) throw unknown(member.type);
    const key = member.key.type === 'Identifier' ? member.key.name : 'value' in member.key && String(member.key.value);
    if (!key) throw unknown(member.key.type);
    properties[key] = schemaOf(member.typeAnnotation.typeAnnotation, names);
    if (!member.optional) required.push(key);
  }
  // What has no members may hold anything.
  return members.length === 0 ? {} : { type: 'object', properties, required, additionalProperties: false };
}

function schemaOf(type: TSType, names: Names): Schema {
  switch (type.type) {
    case 'TSStringKeyword':
      return { type: 'string' };
    case 'TSNumberKeyword':
      return { type: 'number' };
    case 'TSBooleanKeyword':
      return { type: 'boolean' };
    case 'TSLiteralType':
      return { enum: 'value' in type.literal ? [type.literal.value] : [] };
    case 'TSUnionType':
      return { anyOf: type.types.map(each => schemaOf(each, names)) };
    case 'TSArrayType':
      return { type: 'array', items: schemaOf(type.elementType, names) };
    case 'TSTypeLiteral':
      return schemaOfMembers(type.members, names);
    case 'TSTypeReference': {
      const name = type.typeName.type === 'Identifier' ? type.typeName.name : '';
      const [item] = type.typeArguments?.params ?? [];
      if (name === 'Array' && item) return { type: 'array', items: schemaOf(item, names) };
      const definition = names.get(name);
      if (definition === undefined) throw unknown(name);
      return { $ref: `#/definitions/${definition}` };
    }
    default:
      throw unknown(type.type);
  }
}

function unknown(what: string): Error {
  return new Error(`kubernetes-types has something new: ${what}.`);
}
