import * as Y from 'yjs';
import { z } from 'zod';
import { PieceId } from '../kernel/ids.ts';
import { createRecord, defineOperation, recordOf, setField } from '../kernel/operation.ts';
import { Rank } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { CaptureDraft, Title } from './captureDraft.ts';
import { blobsOf, piecesOf } from './dossier.ts';
import { checkStep, FormStep, formFields } from './form/formStep.ts';
import { Completion, PieceParts, TypedBlob } from './piece.ts';
import { putInTrash } from './pieceTrash.ts';
import { BlobRef, needsBlob, type PieceText, TEXT_BLOB_TYPE } from './text.ts';

/** The media type of a snapshot's blob. */
export const SNAPSHOT_TYPE = 'text/html';

/** The media type of a manifest: the list of a piece's parts. */
export const MANIFEST_TYPE = 'application/json';

/** More resources than any page has that people read; a capture puts the others into its HTML. */
export const MAX_RESOURCES = 2_000;

/**
 * Adds a piece to the dossier.
 *
 * The document may not have reached this device yet (clipping offline into a colleague's dossier): the piece is added all
 * the same, and meets the rest at the next exchange.
 *
 * @param input - all blobs are stored already. `text`: only when `needsBlob(draft.text)`. `resources`: what the snapshot names by
 *   hash. `versionOf`: any piece of the same work; the new one is a later version of its first. `form`: the first step of the form that was on the page
 * @throws {Refusal} `invalid-input`, `already-exists`, `too-large` when a long text comes without its blob, or a form is too long; `secret`
 * @see SPEC.md D3, D20, F14
 */
export const addPiece = defineOperation(
  'dossier.addPiece',
  z.strictObject({
    pieceId: PieceId,
    rank: Rank,
    draft: CaptureDraft,
    parts: PieceParts.prefault({}),
    text: BlobRef.nullable().default(null),
    resources: z.array(TypedBlob).max(MAX_RESOURCES).default([]),
    versionOf: PieceId.nullable().default(null),
    form: FormStep.nullable().default(null),
  }),
  (doc, { pieceId, rank, draft, parts, text: textBlob, resources, versionOf, form }, author) => {
    if (textBlob === null && needsBlob(draft.text)) throw new Refusal('too-large', { id: pieceId });
    if (form !== null) checkStep(form);
    const { text: blocks, ...identity } = draft;
    const text: PieceText = textBlob === null ? { kind: 'inline', blocks } : { kind: 'blob', blob: textBlob };
    const first = versionOf === null ? null : firstVersion(doc, versionOf, pieceId);
    createRecord(piecesOf(doc), pieceId, {
      ...identity,
      ...parts,
      rank,
      capturedBy: author.by,
      text,
      ...(first !== null && { versionOf: first }),
      ...(form !== null && formFields([form])),
    });
    for (const blob of resources) refer(doc, blob, blob.type);
    referToParts(doc, parts);
    if (textBlob !== null) refer(doc, textBlob, TEXT_BLOB_TYPE);
  },
  { takeBack: (doc, { pieceId }, author) => putInTrash(doc, pieceId, author) },
);

/**
 * The first version of the work that a piece is of: every later one names it, so that a chain has no order to break. Where that
 * piece is not on this device yet, it is taken for the first.
 */
function firstVersion(doc: Y.Doc, of: PieceId, self: PieceId): PieceId {
  const known = piecesOf(doc).get(of);
  const first = known instanceof Y.Map ? PieceId.safeParse(known.get('versionOf')).data : undefined;
  if (of === self || first === self) throw new Refusal('invalid-input', { at: 'versionOf' });
  return first ?? of;
}

/**
 * Puts a snapshot with more of its page beside the first one, which stays as it was taken.
 *
 * @param input - blobs are stored already; `resources` as for `addPiece`; `missing`: what is still missing
 * @throws {Refusal} `invalid-input`, `not-found`
 * @see SPEC.md D22
 */
export const completePiece = defineOperation(
  'dossier.completePiece',
  z.strictObject({
    pieceId: PieceId,
    completion: Completion.pick({ snapshot: true, manifest: true, missing: true }),
    resources: z.array(TypedBlob).max(MAX_RESOURCES).default([]),
  }),
  (doc, { pieceId, completion, resources }, author) => {
    const piece = recordOf(piecesOf(doc), pieceId);
    setField(piece, 'completion', { ...completion, at: author.at, by: author.by });
    for (const blob of resources) refer(doc, blob, blob.type);
    refer(doc, completion.snapshot, SNAPSHOT_TYPE);
    if (completion.manifest !== null) refer(doc, completion.manifest, MANIFEST_TYPE);
  },
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

function referToParts(doc: Y.Doc, { snapshot, screenshot, original, manifest }: PieceParts): void {
  if (snapshot !== null) refer(doc, snapshot, SNAPSHOT_TYPE);
  for (const tile of screenshot?.tiles ?? []) refer(doc, tile, tile.type);
  if (original !== null) refer(doc, original, original.type);
  if (manifest !== null) refer(doc, manifest, MANIFEST_TYPE);
}

function refer(doc: Y.Doc, blob: BlobRef, type: string): void {
  setField(blobsOf(doc), blob.hash, { type, bytes: blob.bytes });
}
