import type { Resource } from '../kube/resource';
import { grouped, memo } from '../text/maps';
import type { Range } from '../text/range';
import type { ClusterView } from '../workspace/cluster-view';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import { extentOf } from '../yaml/find';
import type { Node } from '../yaml/node';

/** An object of a file, as it is written there. */
export interface Shown {
  readonly written: Resource;
  /** Where in the file its document begins. */
  readonly start: number;
}

/** What a build makes of an object, and the cluster in which it is judged. */
export interface Made {
  readonly resource: Resource;
  readonly view: ClusterView;
}

/** The objects that stand in a stretch of a file; none of documents that can't be read as they are. */
export function objectsIn(workspace: Workspace, path: string, range: Range): readonly Shown[] {
  const file = workspace.files.get(path);
  if (file === undefined) return [];
  return file.documents.flatMap(({ start, document }, i): Shown[] => {
    const end = file.documents[i + 1]?.start ?? file.text.length;
    const own = start <= range.end && range.start <= end ? objectsByDocument(file).get(document) : undefined;
    if (own === undefined || document.problems.length > 0) return [];
    const isNear = (written: Resource) => {
      const extent = extentOf(written.node.written);
      return start + extent.start <= range.end && range.start <= start + extent.end;
    };
    return own.filter(written => own.length === 1 || isNear(written)).map(written => ({ written, start }));
  });
}

/** The object that an offset lies in: of a document with one object it is that one, wherever the offset is. */
export function objectAt(workspace: Workspace, path: string, offset: number): Shown | undefined {
  return objectsIn(workspace, path, { start: offset, end: offset }).at(-1);
}

const objectsByDocument = memo((file: SourceFile) => grouped(file.resources, ({ document }) => document));

/** So many are looked at where a base is in several builds. */
const most = 6;

/** What each build makes of an object, in the cluster that judges it; nothing where there are too many to say one thing. */
export function madeOf(workspace: Workspace, written: Resource): readonly Made[] {
  const made = workspace.viewsOf(written).flatMap(view => {
    const own = view.index.madeOf(written).filter(({ build }) => view.builds.includes(build));
    return [...new Set(own.map(({ resource }) => resource))].map(resource => ({ resource, view }));
  });
  return made.length > most ? [] : made;
}

/** Whether a node is written in the document of an object, rather than in a patch or in text that it holds. */
export const isWrittenIn = ({ written }: Shown, node: Node) => node.written.document === written.document;
