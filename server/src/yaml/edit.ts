import { add } from '../text/maps';
import type { TextEdit } from '../text/range';
import type { YamlDocument } from './document';
import { additionsAt, insideFlow, type Pending, valueBehindColon } from './insert';
import { layoutOf, lineEndOf } from './layout';
import type { Node } from './node';
import { everyPart, printBlock, type Verbatim } from './print';
import { commentEdit, type Place, removeEdit, renameEdit, replaceEdit, replaceValue } from './replace';
import { staysSound } from './sound';
import { takeEdit, wrapEdit } from './written';

export interface DocumentEdits {
  readonly document: YamlDocument;
  readonly edits: readonly TextEdit[];
}

/** A file to write beside the file of a finding. */
export interface NewFile {
  readonly name: string;
  readonly manifests: readonly unknown[];
}

export interface EditResult {
  readonly documents: readonly DocumentEdits[];
  readonly files: readonly NewFile[];
  /** What something is taken out of: two fixes that empty it together would each leave the other's part. */
  readonly bereft: readonly Node[];
}

/**
 * Collects what a fix changes. What it does not name stays as it was typed, byte for byte. Where a change can't be
 * made exactly (below an anchor, through an alias, in a broken document) there is no result at all.
 */
export class Edits {
  readonly #edits = new Map<YamlDocument, TextEdit[]>();
  readonly #pending = new Map<Node, Pending>();
  readonly #files: NewFile[] = [];
  readonly #bereft: Node[] = [];
  #impossible = false;

  /**
   * Writes a value, and the parents that are missing. An existing string keeps its quotes. What is `Verbatim` in the value
   * comes as it was written; on one line there is no room for its comments.
   */
  set(at: Node, value: unknown): this {
    if (at.isShared || at.document.problems.length > 0) return this.#give();
    const node = at.written;
    if (insideFlow(node) && !everyPart(value, ({ hasComments }) => !hasComments)) return this.#give();
    if (node.tree !== undefined) return this.#take(node.document, replaceEdit(node, value));
    if (node.exists) return this.#take(node.document, valueBehindColon(node, value));
    // Missing: collect below the nearest written ancestor, so that two fields of one missing parent become one parent.
    const path: (string | number)[] = [];
    let anchor = node;
    while (anchor.tree === undefined && anchor.parent !== undefined && !(anchor.exists && path.length > 0)) {
      path.unshift(anchor.key ?? '');
      anchor = anchor.parent;
    }
    if (anchor.isShared) return this.#give();
    const pending = this.#pending.get(anchor) ?? { values: {}, comments: new Map() };
    if (!place(pending.values, path, value)) return this.#give();
    this.#pending.set(anchor, pending);
    return this;
  }

  /** Removes a field or an item with its line, and the parents that it leaves empty. */
  remove(node: Node): this {
    if (node.isShared || !isInPlace(node) || node.document.problems.length > 0) return this.#give();
    if (node.written.parent) this.#bereft.push(node.written.parent);
    return this.#take(node.document, removeEdit(node.written));
  }

  /** Takes a field or an item out, to be written elsewhere as it is, with the comments above it. */
  take(node: Node): Verbatim | undefined {
    const isFixed = node.isShared || !isInPlace(node) || node.document.problems.length > 0;
    const taken = isFixed ? undefined : takeEdit(node.written);
    if (node.written.parent) this.#bereft.push(node.written.parent);
    this.#take(node.document, taken?.edits);
    return taken?.value;
  }

  /** Puts a mapping below a key of a new one, behind other fields. Its lines move to the right, and stay as they are. */
  wrap(node: Node, key: string, beside: object): this {
    if (node.isShared || !isInPlace(node) || node.document.problems.length > 0) return this.#give();
    return this.#take(node.document, wrapEdit(node.written, key, beside));
  }

  rename(node: Node, key: string): this {
    if (node.parent?.isShared !== false || !isInPlace(node) || node.document.problems.length > 0) return this.#give();
    return this.#take(node.document, renameEdit(node.written, key));
  }

  /** Writes a comment line above a field, be it one that this fix adds. The text comes without `#`. */
  comment(at: Node, text: string): this {
    const node = at.written;
    const parent = node.parent;
    const pending = parent && this.#pending.get(parent);
    if (node.tree === undefined && pending) {
      pending.comments.set(String(node.key), text);
      return this;
    }
    return this.#take(node.document, commentEdit(node, text));
  }

  /**
   * Replaces a range of a string's value, such as lines of an embedded Corefile; an empty range inserts. A range of a root
   * that is no string is one of the document's own text: a comment.
   */
  replace(place: Place, text: string): this {
    const { parent, tree, document } = place.in.written;
    if (parent === undefined && tree?.type !== 'scalar') return this.#take(document, [{ range: place.range, text }]);
    if (place.in.isShared || place.in.document.problems.length > 0) return this.#give();
    return this.#take(place.in.document, replaceValue({ ...place, in: place.in.written }, text));
  }

  /** A whole manifest behind this node's document. */
  append(node: Node, manifest: unknown): this {
    const { document } = node;
    if (document.host !== undefined || document.problems.length > 0) return this.#give();
    const eol = lineEndOf(document.text);
    const text = document.text;
    const open = text === '' || text.endsWith('\n') ? '' : eol;
    const body = printBlock(manifest, layoutOf(document)).join(eol);
    const end = { start: text.length, end: text.length };
    return this.#take(document, [{ range: end, text: `${open}---${eol}${body}${open === '' ? eol : ''}` }]);
  }

  /** A marker above a line, which makes two documents of one. */
  divide(document: YamlDocument, lineStart: number): this {
    if (document.host !== undefined || document.problems.length > 0) return this.#give();
    const range = { start: lineStart, end: lineStart };
    return this.#take(document, [{ range, text: `---${lineEndOf(document.text)}` }]);
  }

  /** A file of its own beside the file of the finding; manifests may be `Commented`. */
  createFile(name: string, manifests: readonly unknown[]): this {
    this.#files.push({ name, manifests });
    return this;
  }

  /** Undefined when something can't be changed exactly, or when the text would not be read as well as before. */
  result(): EditResult | undefined {
    for (const [anchor, pending] of this.#pending) this.#take(anchor.document, additionsAt(anchor, pending));
    this.#pending.clear();
    if (this.#impossible) return undefined;
    const outer = new Map<YamlDocument, TextEdit[]>();
    for (const [document, edits] of this.#edits) {
      if (document.host !== undefined && !staysSound(document, edits)) return undefined;
      const lifted = lift(document, edits);
      if (lifted === undefined) return undefined;
      add(outer, lifted.document, ...lifted.edits);
    }
    const documents = [...outer].map(([document, edits]) => ({ document, edits }));
    if (!documents.every(({ document, edits }) => staysSound(document, edits))) return undefined;
    return { documents, files: this.#files, bereft: this.#bereft };
  }

  #take(document: YamlDocument, edits: readonly TextEdit[] | undefined): this {
    if (edits === undefined) return this.#give();
    add(this.#edits, document, ...edits);
    return this;
  }

  #give(): this {
    this.#impossible = true;
    return this;
  }
}

/** Whether what is written there is this field, rather than a value that a build moves into it. */
const isInPlace = ({ key, written }: Node) =>
  typeof key === 'number' ? typeof written.key === 'number' : key === written.key;

type Tree = { [key: string]: unknown };

/** Puts a value into a plain tree; a number as a step makes a list. */
function place(values: Tree, path: readonly (string | number)[], value: unknown): boolean {
  let at: Tree = values;
  for (const [i, step] of path.entries()) {
    const key = String(step);
    if (i === path.length - 1) {
      at[key] = value;
      return true;
    }
    const next = path[i + 1];
    at[key] ??= typeof next === 'number' ? [] : {};
    const below = at[key];
    if (!isTree(below)) return false;
    at = below;
  }
  Object.assign(values, value);
  return true;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Edits of an embedded text, as edits of the text that holds it. */
function lift(document: YamlDocument, edits: readonly TextEdit[]): DocumentEdits | undefined {
  const host = document.host;
  if (host === undefined) return { document, edits };
  if (host.node.isShared) return undefined;
  const lifted: TextEdit[] = [];
  for (const { range, text } of edits) {
    const moved = replaceValue({ in: host.node, range }, text);
    if (moved === undefined) return undefined;
    lifted.push(...moved);
  }
  return lift(host.node.document, lifted);
}
