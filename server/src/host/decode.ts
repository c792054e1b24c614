import type { FileText } from './source';

/** Leaves a byte order mark out. */
const utf8 = new TextDecoder();

/** The text of a file's bytes, or why they are none. */
export function decode(bytes: Uint8Array, fromUtf8 = () => utf8.decode(bytes)): FileText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { unreadable: 'UTF-16 with the high byte first' };
  if (bytes.includes(0)) return { unreadable: 'not a text file' };
  return { text: fromUtf8() };
}
