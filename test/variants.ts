export type Files = ReadonlyMap<string, string>;

/** The same files as other people write them: a fix that holds for one must hold for all. */
export function* variants(files: Files): Iterable<[name: string, files: Files]> {
  yield ['as it is', files];
  yield ['CRLF', mapped(files, text => text.replaceAll('\n', '\r\n'))];
  yield ['without a line end at the end', mapped(files, text => text.replace(/\n+$/, ''))];
  yield ['trailing comments', mapped(files, commented)];
  yield [
    'as the second document of a stream',
    mapped(files, text => `# first\napiVersion: v1\nkind: LimitRange\nmetadata:\n  name: zz-first\n---\n${text}`),
  ];
  yield ['four spaces', mapped(files, text => text.replace(/^( +)(?=\S)/gm, spaces => spaces.repeat(2)))];
  yield ['with a comment behind it', mapped(files, text => `${text}\n# the end\n`)];
}

function mapped(files: Files, change: (text: string) => string): Files {
  return new Map([...files].map(([name, text]) => [name, isManifest(name, text) ? change(text) : text]));
}

const isManifest = (name: string, text: string) =>
  /\.ya?ml$/.test(name) && text.includes('apiVersion') && !name.startsWith('.');

/** A comment behind each value that stands on its line, outside of block scalars. */
function commented(text: string): string {
  let block = -1;
  return text
    .split('\n')
    .map(line => {
      const indent = line.length - line.trimStart().length;
      if (block >= 0 && (line.trim() === '' || indent > block)) return line;
      block = -1;
      if (/[|>][-+0-9]*\s*$/.test(line)) {
        block = /^\s*(?:- +)*/.exec(line)?.[0].length ?? indent;
        return line;
      }
      return /^\s*(?:- )?[\w./-]+: [\w./-]+$/.test(line) ? `${line} # note` : line;
    })
    .join('\n');
}
