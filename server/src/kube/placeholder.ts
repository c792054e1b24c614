/**
 * How people write what is filled in later, by envsubst, a template, a pipeline, or a reader of the example. A spelling
 * is a placeholder everywhere or nowhere, so they stand here and in no rule.
 *
 * @own seen in repositories of people who run things
 */
const spellings = [
  /\$\{|\$\(/, // ${X} $(X)
  /\$[A-Z_][A-Z0-9_]*/, // $X, which is not $request_uri: nginx fills that in itself
  /\{\{|\{%/, // {{ X }} {% if %}
  /<[^<>\s][^<>]*>/, // <X>
  /__\w+?__/, // __X__
  /@[A-Za-z][\w.-]*@/, // @X@
  /%[A-Za-z]\w*%/, // %X%
  /\(\([^()]+\)\)/, // ((x))
  /#\{/, // #{X}#
  /\b(?:change|replace|fill)[-_]?me\b/i,
  /(?<![A-Za-z0-9])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9])/, // MY_HOST
  /(?<![A-Za-z0-9])[A-Z0-9]*(?:REPLACE|PLACEHOLDER|SUBSTITUTE|CHANGEIT|FIXME)/, // AUTOREPLACE
  /(?<![A-Za-z0-9])(?:TODO|TBD|XXX+|YOUR)(?![A-Za-z0-9])/, // YOUR-DOMAIN
] as const;

/** Whether a file holds something that is filled in later, in a spelling that no manifest has otherwise. */
export function holdsPlaceholder(text: string): boolean {
  return /\$\{|\{\{|\{%|<%|__[A-Z]\w*?__|@[A-Z]\w*@/.test(text);
}

/** Whether a text is, or holds, something that is filled in later: then nothing is known of it. */
export function isPlaceholder(text: string): boolean {
  return spellings.some(spelling => spelling.test(text));
}
