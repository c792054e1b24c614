import { URI } from 'vscode-uri';

/** The parts of a URI; undefined where an editor sent something else. */
export function parsed(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}
