import { toHexString } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';

/**
 * Names what a document holds, deletions included (Yjs sorts both): the SHA-256 of its snapshot, in hexadecimal. Two documents of one
 * name hold the same, because a client id is never used twice.
 *
 * @returns null while part of the document waits for edits that are not here: nothing names that
 */
export function digestOf(doc: Y.Doc): string | null {
  const { pendingStructs, pendingDs } = doc.store;
  return pendingStructs === null && pendingDs === null ? toHexString(digest(Y.encodeSnapshot(Y.snapshot(doc)))) : null;
}
