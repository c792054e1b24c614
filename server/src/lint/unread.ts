import { capital, withoutEnd } from '../text/words';
import type { YamlDocument } from '../yaml/document';
import type { Fault } from './repeated-keys';

/** What a list of problems shows of a line. */
const longest = 80;

/** The first syntax error of a document, and what follows from it. */
export function unreadFault({ problems: [problem] }: YamlDocument, why: string): Fault | undefined {
  if (problem === undefined) return undefined;
  const said = capital(withoutEnd(problem.message, '.'));
  const what = said.length > longest ? `${said.slice(0, longest - 1)}…` : said;
  const how = 'Correct the YAML here. The cause may be a line above: a missing quote, bracket or space.';
  return { range: problem.range, message: { what, why, how } };
}
