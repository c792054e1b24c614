import { needsQuotes } from '../../yaml/print';
import type { Site } from './site';

/** A text as it stands at a place: in the quotes that are there, else in some where it would be read as something else. */
export function spelledAt({ style }: Site, text: string): string {
  const { quote, isClosed, isFlow, lead } = style;
  if (quote !== '') return inside(text, quote) + (isClosed ? '' : quote);
  const isPlain = !needsQuotes(text) && !(isFlow && /[,[\]{}]/.test(text));
  return lead + (isPlain ? text : JSON.stringify(text));
}

/** A number, which quotes would make a text of. */
export function numberAt(site: Site, value: number): string {
  return site.style.quote === '' ? site.style.lead + String(value) : spelledAt(site, String(value));
}

/** A key, with the colon that it lacks; in quotes that are closed there is no room for one. */
export function keyAt(site: Site, text: string): string {
  const { quote, isClosed, hasColon } = site.style;
  return spelledAt(site, text) + (hasColon || (quote !== '' && isClosed) ? '' : ': ');
}

function inside(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text).slice(1, -1) : text.replaceAll("'", "''");
}
