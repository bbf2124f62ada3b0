import type * as Y from 'yjs';
import { defineView } from './view.ts';

/** The format this version writes and the newest it can safely edit. */
export const DOCUMENT_FORMAT = 1;

/** Facts about the document itself. Written by operations only: opening a document writes nothing. */
export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('meta');

/** Whether this version may edit the document. A newer one asks for a newer reader in `meta.reader`. */
export interface DocumentFormat {
  readonly writable: boolean;
  /** The reader's version the document asks for. */
  readonly asks: number;
}

export function documentFormat(doc: Y.Doc): DocumentFormat {
  const asks = metaOf(doc).get('reader');
  const version = typeof asks === 'number' ? asks : DOCUMENT_FORMAT;
  return { writable: version <= DOCUMENT_FORMAT, asks: version };
}

/** As `documentFormat`, for screens: a document from a newer version opens read-only and says so. */
export const documentFormatView = defineView({ watch: (doc) => [metaOf(doc)], read: documentFormat });
