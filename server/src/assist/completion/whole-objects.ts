import written from '../../../../snippets/kube-netlint.json';
import { linesOf } from '../../text/lines';
import type { Range } from '../../text/range';
import type { SourceFile } from '../../workspace/source-file';
import { isTemplate } from '../../workspace/template';
import type { Workspace } from '../../workspace/workspace';
import { YamlDocument } from '../../yaml/document';
import type { Item } from './item';
import { filled, fillingsOf, homed, neighboursAt } from './neighbours';
import { plainText, type Snippet } from './snippet-body';

interface Whole extends Snippet {
  readonly prefix: readonly string[];
  readonly keywords?: string;
  readonly fill?: Readonly<Record<string, string>>;
}

const all: readonly Whole[] = Object.values<Whole>(written);

/** Snippets that are parts of a pod's spec are no objects. */
export const isFragment = ({ description }: Snippet) => description.startsWith('Fragment for a pod spec: ');

export const podFragments = all.filter(isFragment);

/**
 * Whole objects, where one may begin: at the left edge, with nothing but the word of them in its line, in a document that
 * is empty or holds an object already. They bring the marks that keep them from what stands above and below.
 */
export function wholeObjectsAt(
  workspace: Workspace,
  file: SourceFile,
  offset: number,
): { readonly range: Range; readonly items: readonly Item[] } | undefined {
  if (!mayHoldObjects(file)) return undefined;
  const lines = linesOf(file);
  const { line, character } = lines.positionAt(offset);
  const text = lines.line(line).replace(/\r?\n$/, '');
  const word = /^[a-z][a-z0-9-]*$/.test(text) || text === '' ? text : undefined;
  if (word === undefined || character > word.length) return undefined;
  const start = offset - character;
  const end = start + word.length;
  const above = partAbove(file.text.slice(0, start));
  const below = partBelow(file.text.slice(end));
  if (above === undefined || below === undefined) return undefined;
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const neighbours = neighboursAt(workspace, file, offset);
  const fillings = fillingsOf(neighbours);
  const items = all.flatMap((snippet, rank): Item[] => {
    if (isFragment(snippet)) return [];
    const [label = '', ...others] = snippet.prefix;
    const body = homed(filled(snippet, fillings), neighbours);
    const around = (own: string) => `${above}${own}${below}`.replaceAll('\n', eol);
    return [
      {
        label,
        kind: 'snippet',
        detail: detailOf(body),
        markdown: snippet.description,
        insert: around(body),
        plain: around(plainText(body)),
        filter: [label, ...others, snippet.keywords ?? ''].join(' ').trim(),
        rank,
      },
    ];
  });
  return { range: { start, end }, items };
}

/** Manifests, and files that may become one; neither values of a chart nor the files of other programs. */
function mayHoldObjects({ path, role, text }: SourceFile): boolean {
  if (role !== 'manifests' && role !== 'other') return false;
  if (!/\.ya?ml$/i.test(path) || othersFiles.test(path) || isTemplate(text)) return false;
  return role === 'manifests' || text.length < long;
}

const long = 200;

/** @own files of other programs that are YAML */
const othersFiles =
  /(?:^|\/)(?:values[^/]*|Chart|(?:docker-)?compose[^/]*|\.gitlab-ci|\.pre-commit-config|mkdocs|pnpm-lock|skaffold|Pulumi[^/]*)\.ya?ml$|(?:^|\/)\.(?:github|circleci)\//i;

/** What has to stand between what is above and a new object; undefined where none may begin. */
function partAbove(text: string): string | undefined {
  const mark = [...text.matchAll(/^---(?=\s|$)[^\n]*/gm)].at(-1);
  const own = mark ? text.slice(mark.index + mark[0].length) : text;
  if (isBlank(own)) return '';
  return isObject(new YamlDocument(own)) ? '---\n' : undefined;
}

/** The same for what is below: a document of its own, or the rest of one that begins here. */
function partBelow(text: string): string | undefined {
  const mark = /^---(?=\s|$)/m.exec(text);
  const own = mark ? text.slice(0, mark.index) : text;
  if (isBlank(own)) return '';
  return isObject(new YamlDocument(own)) ? '\n---' : undefined;
}

const isBlank = (text: string) => text.replace(/^[ \t]*#.*$/gm, '').trim() === '';

/** With all of its head, and something beyond: else somebody is still writing its fields. */
function isObject({ root, problems }: YamlDocument): boolean {
  const isHead = ['apiVersion', 'kind'].every(key => root.at(key).string !== undefined);
  const more = root.entries().filter(({ key }) => !['apiVersion', 'kind', 'metadata'].includes(String(key)));
  return problems.length === 0 && isHead && (more.length > 0 || root.at('kind').string === 'Namespace');
}

/** The kinds that it writes, and whether it closes what was open. */
function detailOf(body: string): string {
  const kinds = [...new Set(Array.from(body.matchAll(/^kind: (\w+)$/gm), ([, kind = '']) => kind))];
  const directions = ['Ingress', 'Egress'].filter(direction => new RegExp(`^    - ${direction}$`, 'm').test(body));
  const isolates = kinds.includes('NetworkPolicy') && directions.length > 0;
  return kinds.join(', ') + (isolates ? `, isolates ${directions.join(' and ').toLowerCase()}` : '');
}
