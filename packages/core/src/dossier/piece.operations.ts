import type * as Y from 'yjs';
import { z } from 'zod';
import { PieceId } from '../kernel/ids.ts';
import { type Author, createRecord, defineOperation, recordOf, setField } from '../kernel/operation.ts';
import { Rank } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { CaptureDraft, Title } from './captureDraft.ts';
import { blobsOf, piecesOf } from './dossier.ts';
import { BlobRef, needsBlob, type PieceText, TEXT_BLOB_TYPE } from './text.ts';

/** The media type of a snapshot's blob. */
export const SNAPSHOT_TYPE = 'text/html';

/**
 * Adds a captured page to the dossier.
 *
 * The document may not have reached this device yet (clipping offline into a colleague's dossier): the piece is added all
 * the same, and meets the rest at the next exchange.
 *
 * @param input - `snapshot` and `text`: blobs already stored; `text` only when `needsBlob(draft.text)`
 * @throws {Refusal} `invalid-input`, `already-exists`, `too-large` when a long text comes without its blob
 * @see SPEC.md D3
 */
export const addPiece = defineOperation(
  'dossier.addPiece',
  z.strictObject({
    pieceId: PieceId,
    rank: Rank,
    draft: CaptureDraft,
    snapshot: BlobRef.nullable(),
    text: BlobRef.nullable(),
  }),
  (doc, { pieceId, rank, draft, snapshot, text: textBlob }, author) => {
    if (textBlob === null && needsBlob(draft.text)) throw new Refusal('too-large', { id: pieceId });
    const { text: blocks, ...identity } = draft;
    const text: PieceText = textBlob === null ? { kind: 'inline', blocks } : { kind: 'blob', blob: textBlob };
    createRecord(piecesOf(doc), pieceId, { ...identity, rank, capturedBy: author.by, snapshot, text });
    if (snapshot !== null) refer(doc, snapshot, SNAPSHOT_TYPE);
    if (textBlob !== null) refer(doc, textBlob, TEXT_BLOB_TYPE);
  },
  { takeBack: (doc, { pieceId }, author) => putInTrash(doc, pieceId, author) },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renamePiece = defineOperation(
  'dossier.renamePiece',
  z.strictObject({ pieceId: PieceId, title: Title }),
  (doc, { pieceId, title }) => setField(recordOf(piecesOf(doc), pieceId), 'title', title),
);

/**
 * Moves a piece on the bordereau. The numbers follow.
 *
 * @param input - `rank`: fractional index, sorts between its new neighbours
 * @throws {Refusal} `invalid-input`, `not-found`
 */
export const movePiece = defineOperation(
  'dossier.movePiece',
  z.strictObject({ pieceId: PieceId, rank: Rank }),
  (doc, { pieceId, rank }) => setField(recordOf(piecesOf(doc), pieceId), 'rank', rank),
);

/** Takes a piece off the bordereau, reversibly; it keeps its place for its return. @throws {Refusal} `not-found` */
export const trashPiece = defineOperation(
  'dossier.trashPiece',
  z.strictObject({ pieceId: PieceId }),
  (doc, { pieceId }, author) => putInTrash(doc, pieceId, author),
);

/** @throws {Refusal} `not-found` */
export const restorePiece = defineOperation(
  'dossier.restorePiece',
  z.strictObject({ pieceId: PieceId }),
  (doc, { pieceId }) => setField(recordOf(piecesOf(doc), pieceId), 'trashed', undefined),
);

function putInTrash(doc: Y.Doc, pieceId: PieceId, author: Author): void {
  const piece = recordOf(piecesOf(doc), pieceId);
  if (!piece.has('trashed')) piece.set('trashed', { by: author.by, at: author.at });
}

function refer(doc: Y.Doc, blob: BlobRef, type: string): void {
  setField(blobsOf(doc), blob.hash, { type, bytes: blob.bytes });
}
