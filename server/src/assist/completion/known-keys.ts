import type { KeyFacts } from '../../kube/controllers/facts/annotation-table';
import type { BalanceKey } from '../../kube/controllers/facts/controller';
import { versionAtLeast } from '../../kube/controllers/running';
import { inWords } from '../../text/words';
import { code } from '../markdown';
import type { Item } from './item';
import { type Site, siblingsOf } from './site';
import { keyAt, spelledAt } from './spelled';

/** Whose key it is, and what is known of that beside the tables. */
export interface Owner {
  /** As it stands in a sentence. */
  readonly title: string;
  /** Undefined where no manifest shows it. */
  readonly version?: string | undefined;
  /** Methods of balancing, by their keys. */
  readonly balances?: readonly BalanceKey[];
  /** How often others here write a key. */
  uses?(key: string): number;
}

/** Keys of a table that are not written yet, and that somebody should still write. */
export function keysAt(site: Site, keys: readonly KeyFacts[], owner: Owner): Item[] {
  const present = new Set(siblingsOf(site).map(({ key }) => String(key)));
  return keys
    .filter(({ key }) => !key.includes('*') && !present.has(key))
    .filter(facts => isWritten(facts, owner.version))
    .map((facts): Item => {
      const isBalance = owner.balances?.some(({ key }) => key === facts.key) === true;
      const uses = owner.uses?.(facts.key) ?? 0;
      return {
        label: facts.key,
        kind: 'key',
        detail: detailOf(facts),
        markdown: aboutKey(facts, owner.title),
        insert: keyAt(site, facts.key),
        rank: uses > 0 ? 1 : isBalance ? 2 : 3,
      };
    });
}

/** Values of a key: those that the table lists, the default first, or the best way to balance. */
export function valuesAt(site: Site, facts: KeyFacts | undefined, key: string, owner: Owner): Item[] {
  const balance = owner.balances?.find(candidate => candidate.key === key);
  const byDefault = facts?.default;
  const listed = balance?.values ?? facts?.type.values ?? [];
  const values = balance ? listed.filter(value => balance.needsPlus?.(value) !== true) : listed;
  // A default that no list holds shows what form a value has.
  const example = values.length === 0 && byDefault !== undefined && facts?.type.accepts(byDefault) ? [byDefault] : [];
  return [...values, ...example].map((value, i): Item => {
    const isBest = value === balance?.best;
    const takesTurns = balance?.roundRobin.includes(value) === true;
    const prefers = isBest ? (balance?.prefers ?? 'the pods that are least busy') : undefined;
    return {
      label: value,
      kind: 'value',
      detail: isBest ? `prefers ${prefers}` : takesTurns ? 'takes turns' : value === byDefault ? 'default' : '',
      markdown: facts ? aboutKey(facts, owner.title) : '',
      insert: spelledAt(site, value),
      rank: isBest ? 0 : takesTurns ? 20 + i : 1 + i,
    };
  });
}

/** Old names, what is gone, and what the version that runs here doesn't know yet are left out. */
function isWritten({ marks, about }: KeyFacts, version: string | undefined): boolean {
  if (marks.includes('removed') || marks.includes('deprecated') || /^The old name of /.test(about)) return false;
  const since = marks.find(mark => mark.startsWith('since:'))?.slice('since:'.length);
  return since === undefined || version === undefined || versionAtLeast(version, since) !== false;
}

function detailOf({ default: byDefault, type }: KeyFacts): string {
  if (byDefault !== undefined) return `default ${byDefault}`;
  return type.values.length > 0 ? type.values.join(' | ') : '';
}

function aboutKey(facts: KeyFacts, title: string): string {
  const { about, type, default: byDefault, marks } = facts;
  const since = marks.find(mark => mark.startsWith('since:'))?.slice('since:'.length);
  const takes = type.values.length > 0 ? inWords(type.values.map(code), 'or') : type.takes;
  const more = [
    takes === 'any text' ? '' : `Takes ${takes}.`,
    byDefault === undefined ? '' : `Default: ${code(byDefault)}.`,
    since === undefined ? '' : `Since ${since}.`,
    marks.includes('critical') ? 'Dangerous: it goes into the configuration as it is.' : '',
  ];
  return [about, [...more, `Read by ${title}.`].filter(Boolean).join(' ')].join('\n\n');
}
