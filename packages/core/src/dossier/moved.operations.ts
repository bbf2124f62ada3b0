import * as Y from 'yjs';
import { z } from 'zod';
import { PieceId } from '../kernel/ids.ts';
import { createRecord, defineOperation, setField } from '../kernel/operation.ts';
import { Rank } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Receipt } from '../protocol/receipt.ts';
import { blobsOf, highlightsOf, piecesOf } from './dossier.ts';
import { manifestHashes, receiptState, receiptsOf } from './evidence/receipts.ts';
import { revivedForm } from './form/formStep.ts';
import { Highlight } from './highlight/highlight.ts';
import { MAX_RESOURCES } from './piece.operations.ts';
import { Piece, TypedBlob } from './piece.ts';
import { putInTrash } from './pieceTrash.ts';
import { PieceText } from './text.ts';

/** A piece as it leaves a dossier: everything its record holds but its place, and what stands beside it. */
export interface LeavingPiece {
  readonly piece: Piece;
  readonly fields: Record<string, z.core.util.JSONType>;
  readonly receipts: readonly Receipt[];
  readonly highlights: readonly Highlight[];
}

/** A piece with all it takes along, as plain data. @throws {Refusal} `not-found` when it is not there, or cannot be read */
export function leavingPiece(doc: Y.Doc, pieceId: PieceId): LeavingPiece {
  const record = piecesOf(doc).get(pieceId);
  const fields = record instanceof Y.Map ? record.toJSON() : {};
  const piece = Piece.safeParse({ ...fields, id: pieceId });
  if (!piece.success) throw new Refusal('not-found', { id: pieceId });
  // Its place is given to it where it arrives.
  delete fields.rank;
  delete fields.trashed;
  const states = manifestHashes(piece.data).map((hash) => receiptState(doc, hash));
  const receipts = states.flatMap((state) => (state.kind === 'here' ? state.receipt : []));
  return { piece: piece.data, fields, receipts, highlights: highlightsIn(doc, pieceId) };
}

/** A piece’s highlights, those in the trash included; one that cannot be read stays behind. */
const highlightsIn = (doc: Y.Doc, pieceId: PieceId): readonly Highlight[] =>
  [...highlightsOf(doc)].flatMap(([id, record]) => {
    const highlight = record instanceof Y.Map ? Highlight.safeParse({ ...record.toJSON(), id }) : null;
    return highlight?.success && highlight.data.pieceId === pieceId ? highlight.data : [];
  });

/**
 * Takes in a piece that comes from another dossier, under the id it had there. One that had been moved away from here comes out of
 * the trash at its place, with what was changed of it meanwhile.
 *
 * @param input - `fields`, `receipts`, `highlights`: of `leavingPiece`; `blobs`: all it refers to, which this dossier’s room refers to already
 * @throws {Refusal} `invalid-input` when the fields are no piece
 * @see SPEC.md T7
 */
export const adoptPiece = defineOperation(
  'dossier.adoptPiece',
  z.strictObject({
    pieceId: PieceId,
    rank: Rank,
    fields: z.record(z.string().max(100), z.json()),
    receipts: z.array(Receipt).max(4),
    highlights: z.array(Highlight).max(10_000),
    blobs: z.array(TypedBlob).max(MAX_RESOURCES + 50),
  }),
  (doc, { pieceId, rank, fields, receipts, highlights, blobs }) => {
    const isPiece =
      Piece.safeParse({ ...fields, id: pieceId, rank }).success && PieceText.safeParse(fields.text).success;
    if (!isPiece) throw new Refusal('invalid-input', { at: 'fields' });
    const known = piecesOf(doc).get(pieceId);
    if (known instanceof Y.Map) {
      const { formSteps, corrections, ...others } = fields;
      for (const [key, value] of Object.entries(others)) setField(known, key, value);
      for (const [key, values] of Object.entries({ formSteps, corrections })) bringBack(known, key, values);
      setField(known, 'trashed', undefined);
    } else createRecord(piecesOf(doc), pieceId, { ...fields, ...revivedForm(fields), rank });
    for (const { hash, type, bytes } of blobs) setField(blobsOf(doc), hash, { type, bytes });
    for (const { id, trashed, ...highlight } of highlights) {
      const here = highlightsOf(doc).get(id);
      const kept = here instanceof Y.Map ? here : createRecord(highlightsOf(doc), id, {});
      for (const [key, value] of Object.entries(highlight)) setField(kept, key, value);
      setField(kept, 'trashed', trashed ?? undefined);
    }
    for (const receipt of receipts) setField(receiptsOf(doc), receipt.manifestSha256, receipt);
  },
  { takeBack: (doc, { pieceId }, author) => putInTrash(doc, pieceId, author) },
);

/** The form of a piece that comes back: what the map of this document holds becomes what was brought. */
function bringBack(record: Y.Map<unknown>, key: string, values: unknown): void {
  const map = record.get(key);
  if (!(map instanceof Y.Map) || typeof values !== 'object' || values === null) return;
  for (const gone of [...map.keys()].filter((id) => !Object.hasOwn(values, id))) map.delete(gone);
  for (const [id, value] of Object.entries(values)) setField(map, id, value);
}
