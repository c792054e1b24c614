import { counted } from '../text/words';
import type { SourceFile } from '../workspace/source-file';
import type { Read } from './files';
import type { Unwritten } from './outcome';

/** Why having found nothing says nothing: a failure where nothing was read, and else something to know. */
export function doubtsOf(
  { files, skipped, piped, failures, isMeant }: Read,
  { files: meant, findings, skipped: unread }: Unwritten,
  paths: readonly string[],
): { readonly failures: readonly string[]; readonly notes: readonly string[] } {
  const told = (failures: readonly string[], notes: readonly string[]) => ({ failures, notes });
  if (failures.length > 0) return told([], []);
  if (piped && files.every(([file, text]) => file !== piped.file || text.trim() === ''))
    return told(['nothing was read: standard input is empty'], []);
  const found = files.filter(([file]) => isMeant(file)).length;
  if (found + skipped.length === 0)
    return told(
      [`nothing was read: no YAML, JSON or Corefile in ${paths.join(', ')} that no .gitignore leaves out`],
      [],
    );
  if (findings.length > 0 || meant.some(isJudged)) return told([], []);
  if (meant.length + unread.length === 0)
    return told([], [`nothing was judged: the config file or --exclude leaves out ${counted(found, 'file')}`]);
  const others = unread.length > 0 ? `, and ${counted(unread.length, 'file')} not analysed: see --format json` : '';
  return told([], [`nothing was judged: no Kubernetes objects in ${counted(meant.length, 'file')}${others}`]);
}

const isJudged = ({ role, resources }: SourceFile) =>
  role === 'manifests' ? resources.length > 0 : role !== 'other' && role !== 'template' && role !== 'chart';
