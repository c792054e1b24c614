/** A plugin of CoreDNS, or a line that works like one. Versions are of CoreDNS; an absent one is not known to matter. */
export interface Plugin extends Life {
  readonly name: string;
  /** What may follow the name: capitals are values, brackets may be left out, `...` may be repeated. */
  readonly args: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  readonly options: readonly Option[];
  /** Not in the official build. */
  readonly isExternal?: true;
  /** A second one in a server block stops CoreDNS (plugin.ErrOnce). */
  readonly isOnce?: true;
  /** Its block holds other lines than the options, or options that this table does not know. */
  readonly isOpen?: true;
  /** What to choose from for the first argument. */
  readonly values?: readonly string[];
}

/** A line in the block of a plugin. */
export interface Option extends Life {
  readonly name: string;
  readonly args: string;
  readonly summary: string;
  /** What holds when the line is not written. */
  readonly default?: string;
  /** What to choose from for the arguments. */
  readonly values?: readonly string[];
}

interface Life {
  readonly since?: string;
  readonly deprecatedIn?: string;
  /** From here on it is read and does nothing. */
  readonly ignoredIn?: string;
  readonly removedIn?: string;
  readonly replacement?: string;
}

export function plugin(
  name: string,
  args: string,
  summary: string,
  facts: Omit<Plugin, 'name' | 'args' | 'summary' | 'options'> = {},
  options: readonly Option[] = [],
): Plugin {
  return { name, args, summary, ...facts, options };
}

export function option(
  name: string,
  args: string,
  summary: string,
  facts: Omit<Option, 'name' | 'args' | 'summary'> = {},
): Option {
  return { name, args, summary, ...facts };
}

/** The option that most sources of records share. */
export const fallthrough = option(
  'fallthrough',
  '[ZONES...]',
  'Hands a query that finds no record to the next plugin, for these zones or for all, where NXDOMAIN would be the answer.',
  { default: 'off' },
);
