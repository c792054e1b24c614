import { escapeUTF8 } from 'entities/escape';
import { visible } from '../../text/visible';
import { withoutCommands } from '../visible';

export interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Elements, or a text. */
  readonly content?: readonly Element[] | string;
}

/** A whole document. */
export function xml(root: Element): string {
  return withoutCommands(`<?xml version="1.0" encoding="UTF-8"?>\n${linesOf(root, '').join('\n')}\n`);
}

function linesOf({ name, attributes = {}, content = [] }: Element, indent: string): readonly string[] {
  const named = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(String(value))}"`);
  const head = `${indent}<${name}${named.join('')}`;
  if (content.length === 0) return [`${head}/>`];
  if (typeof content === 'string') return [`${head}>${escapeUTF8(legal(content))}</${name}>`];
  return [`${head}>`, ...content.flatMap(child => linesOf(child, `${indent}  `)), `${indent}</${name}>`];
}

/** Readers make a space of a line end in an attribute, unless it is written as a reference. */
const attributeText = (text: string) => escapeUTF8(legal(text)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

/** XML has no way to write control characters and halves of characters. */
function legal(text: string): string {
  return text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
}
