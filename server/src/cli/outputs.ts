import * as path from 'node:path';
import { nearest } from '../text/distance';

export const formatNames = ['pretty', 'compact', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle'] as const;

/** A report in a format, and the file that it goes to, if not to standard output. */
export interface Output {
  readonly format: (typeof formatNames)[number];
  readonly file?: string;
}

/** Reads `sarif` or `sarif=out.sarif`. */
export function outputIn(text: string): Output {
  const [, name = text, file] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const format = formatNames.find(known => known === name);
  if (format === undefined) {
    const meant = nearest(name, formatNames);
    const hint = meant === undefined ? `The formats are ${formatNames.join(', ')}.` : `Did you mean '${meant}'?`;
    throw new Error(`There is no format '${name}'. ${hint}`);
  }
  if (file === '') throw new Error(`There is no name of a file behind '${name}='.`);
  return file === undefined ? { format } : { format, file };
}

export interface OutputOptions {
  readonly format?: readonly Output[];
  readonly outputFile?: string;
}

/** What a run writes and where: no two reports to one place. */
export function outputsOf({ format = [{ format: 'pretty' }], outputFile }: OutputOptions): readonly Output[] {
  if (outputFile !== undefined && (format.length > 1 || format.some(({ file }) => file !== undefined)))
    throw new Error('--output-file is for one format; of several, each says its own: --format sarif=out.sarif');
  const outputs = outputFile === undefined ? format : format.map(output => ({ ...output, file: outputFile }));
  const places = outputs.map(({ file }) => file && path.resolve(file));
  const twice = outputs.find((_, i) => places.indexOf(places[i]) !== i);
  if (twice) throw new Error(`two formats go to ${twice.file ?? 'standard output'}`);
  return outputs;
}
