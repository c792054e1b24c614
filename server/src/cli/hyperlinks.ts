import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import { version } from '../../../package.json';
import { pageOf } from '../lint/rule-page';
import { type ColorMode, isColored } from './color';
import type { Output } from './outputs';

/** What parts of a text for people lead to: the same text, where a terminal has no links. */
export interface Links {
  readonly page: (text: string, rule: string) => string;
  /** A path from where the command runs. */
  readonly file: (text: string, path: string) => string;
}

export const noLinks: Links = { page: text => text, file: text => text };

export function linksFor(output: Output, mode?: ColorMode): Links {
  if (!isLinked(output, mode)) return noLinks;
  return {
    page: (text, rule) => link(text, pageOf(rule, version)),
    file: (text, name) => {
      const full = path.resolve(name);
      // The terminal of VS Code finds `file:line:column` by itself, and goes to the line; a link would hide it.
      const isFound = process.env.TERM_PROGRAM === 'vscode' || !fs.existsSync(full);
      return isFound ? text : link(text, pathToFileURL(full).href);
    },
  };
}

/** Whether a report has links: on a terminal that is known to have them, or where FORCE_HYPERLINK asks for them. */
export function isLinked(output: Output, mode: ColorMode = 'auto'): boolean {
  const { NO_COLOR, FORCE_HYPERLINK } = process.env;
  if (output.file !== undefined || mode === 'never' || (mode === 'auto' && NO_COLOR)) return false;
  if (!FORCE_HYPERLINK && !(process.stdout.isTTY && isColored(output, mode))) return false;
  return createSupportsHyperlinks(process.stdout);
}

/** OSC 8. A URL has nothing in it that a terminal would obey. */
const link = (text: string, url: string) => `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
