import schema from '../../../schemas/config.schema.json';

/** What the schema of the config file says of one place in it. */
export interface ConfigField {
  readonly description: string;
  /** Settings that may stand below it, by name. */
  readonly fields: ReadonlyMap<string, ConfigField>;
  /** Values to choose from, as they are written. */
  readonly values: readonly string[];
  /** What an item of it is, where it is a list. */
  readonly item: ConfigField | undefined;
  readonly takes: 'fields' | 'list' | 'value';
}

/** The place at the end of a path of keys, the number of an item being any; undefined where nothing may stand. */
export function configFieldAt(path: readonly (string | number)[]): ConfigField | undefined {
  let field: ConfigField | undefined = whole;
  for (const step of path) field = typeof step === 'number' ? field?.item : field?.fields.get(step);
  return field;
}

const whole = fieldOf(schema, new Map());

/** The set of rules stands at two places, and is large: it is read once. */
function fieldOf(written: unknown, known: Map<unknown, ConfigField>): ConfigField {
  const own: Readonly<Record<string, unknown>> = Object(written);
  const { $ref: ref } = own;
  if (typeof ref === 'string') return fieldOf(definitionOf(ref), known);
  const before = known.get(written);
  if (before) return before;
  // A choice between one and a list of them is told by the list.
  const { items = Object(own['then'])['items'] } = own;
  const properties = Object.entries(Object(own['properties']));
  const item = items === undefined ? undefined : fieldOf(items, known);
  const field: ConfigField = {
    description: typeof own['description'] === 'string' ? own['description'] : '',
    fields: new Map(properties.map(([name, value]) => [name, fieldOf(value, known)])),
    values: valuesIn(own),
    item,
    takes: properties.length > 0 ? 'fields' : item && own['then'] === undefined ? 'list' : 'value',
  };
  known.set(written, field);
  return field;
}

function definitionOf(ref: string): unknown {
  const [, name = ''] = /^#\/definitions\/(.+)$/.exec(ref) ?? [];
  return Object(schema.definitions)[name];
}

/** Of `off` and `false`, which say the same, the first. */
function valuesIn(own: Readonly<Record<string, unknown>>): readonly string[] {
  const choice = own['enum'] ?? Object(own['then'])['enum'] ?? Object(Object(own['else'])['then'])['enum'];
  return Array.isArray(choice) ? choice.flatMap(value => (typeof value === 'string' ? [value] : [])) : [];
}
