import * as encoding from 'lib0/encoding';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';

/**
 * Names what a document holds: the SHA-256 of its state vector and its deletions, in one order, in hexadecimal. Two documents of one
 * name hold the same edits, because a client id is never used twice.
 *
 * @returns null while part of the document waits for edits that are not here: nothing names that
 */
export function digestOf(doc: Y.Doc): string | null {
  const { store } = doc;
  if (store.pendingStructs !== null || store.pendingDs !== null) return null;
  const { sv, ds } = Y.snapshot(doc);
  const encoder = encoding.createEncoder();
  const clocks = byClient(sv);
  encoding.writeVarUint(encoder, clocks.length);
  for (const [client, clock] of clocks) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
  for (const [client, ranges] of byClient(ds.clients)) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, len);
    }
  }
  return [...digest(encoding.toUint8Array(encoder))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const byClient = <T>(map: ReadonlyMap<number, T>): [number, T][] => [...map].sort(([a], [b]) => a - b);
