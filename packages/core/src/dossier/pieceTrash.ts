import type * as Y from 'yjs';
import type { PieceId } from '../kernel/ids.ts';
import { type Author, recordOf } from '../kernel/operation.ts';
import { piecesOf } from './dossier.ts';

/** Puts a piece in the trash; one that is there stays as it is. */
export function putInTrash(doc: Y.Doc, pieceId: PieceId, author: Author): void {
  const piece = recordOf(piecesOf(doc), pieceId);
  if (!piece.has('trashed')) piece.set('trashed', { by: author.by, at: author.at });
}
