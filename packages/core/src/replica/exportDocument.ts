import * as Y from 'yjs';
import type { OpenDoc } from './types.ts';

/**
 * The whole document as one Yjs update, which any Yjs reads: what a person keeps when this device or the server cannot.
 */
export function exportDocument(open: OpenDoc): Uint8Array {
  return Y.encodeStateAsUpdate(open.doc);
}
