import {
  adoptPiece,
  blobsOf,
  endOfSlip,
  hashOfResource,
  type LeavingPiece,
  leavingPiece,
  MANIFEST_TYPE,
  PieceText,
  readManifest,
  SNAPSHOT_TYPE,
  TEXT_BLOB_TYPE,
  TypedBlob,
  trashPiece,
} from '../dossier/index.ts';
import type { BlobHash, DossierId, PieceId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { dossierRoom, type RoomName } from '../protocol/rooms.ts';
import { type TeamDocs, within } from './docs.ts';

/** Blobs as a move needs them. Each room refers to its own: a blob is read only through a room that does. */
export interface BlobCarrier {
  /** A blob as text; null when it is not to be had here. */
  text(room: RoomName, hash: BlobHash): Promise<string | null>;
  /** Makes another room refer to a blob too; false when its bytes are not to be had here. */
  carry(blob: BlobHash, from: RoomName, to: RoomName): Promise<boolean>;
}

export interface Move {
  readonly pieceId: PieceId;
  readonly from: DossierId;
  readonly to: DossierId;
}

/**
 * Moves a piece to another dossier of the team: whole there first, and durable, then into the trash here.
 *
 * @throws {Refusal} `offline` when a part of it is not on this device and does not arrive; `not-found`, `read-only`, `no-space`
 * @see SPEC.md T7
 */
export async function movePieceAcross(docs: TeamDocs, { pieceId, from, to }: Move, blobs: BlobCarrier): Promise<void> {
  if (from === to) throw new Refusal('invalid-input', { at: 'to' });
  const [source, target] = [dossierRoom(docs.team, from), dossierRoom(docs.team, to)];
  await within(docs, source, async (open) => {
    const leaving = leavingPiece(open.doc, pieceId);
    const referred = await blobsOfPiece(leaving, { source, blobs, known: (hash) => blobsOf(open.doc).get(hash) });
    for (const { hash } of referred) {
      if (!(await blobs.carry(hash, source, target))) throw new Refusal('offline', { hash });
    }
    const { fields, receipts, highlights } = leaving;
    await within(docs, target, (there) => {
      const rank = endOfSlip(there.doc, docs.random);
      const along = { fields, receipts: [...receipts], highlights: [...highlights], blobs: [...referred] };
      there.run(adoptPiece, { pieceId, rank, ...along });
    });
    open.run(trashPiece, { pieceId });
  });
}

interface Around {
  readonly source: RoomName;
  readonly blobs: BlobCarrier;
  readonly known: (hash: BlobHash) => unknown;
}

/** Every blob of a piece: those that its record names, and the resources that its manifests list. */
async function blobsOfPiece(
  { piece, fields }: LeavingPiece,
  { source, blobs, known }: Around,
): Promise<readonly TypedBlob[]> {
  const text = PieceText.parse(fields.text);
  const named = [
    ...(text.kind === 'blob' ? [{ ...text.blob, type: TEXT_BLOB_TYPE }] : []),
    ...[piece.snapshot, piece.completion?.snapshot].flatMap((blob) => (blob ? [{ ...blob, type: SNAPSHOT_TYPE }] : [])),
    ...(piece.screenshot?.tiles ?? []).map(({ hash, bytes, type }) => ({ hash, bytes, type })),
    ...(piece.original === null ? [] : [piece.original].map(({ hash, bytes, type }) => ({ hash, bytes, type }))),
  ];
  const manifests = [piece.manifest, piece.completion?.manifest].flatMap((blob) => blob ?? []);
  for (const manifest of manifests) {
    named.push({ ...manifest, type: MANIFEST_TYPE });
    const content = await blobs.text(source, manifest.hash);
    if (content === null) throw new Refusal('offline', { hash: manifest.hash });
    for (const resource of readManifest(content)?.resources ?? []) {
      const hash = hashOfResource(resource);
      // A short text is listed too, and is no blob.
      if (known(hash) !== undefined) named.push({ hash, bytes: resource.bytes, type: resource.mediatype });
    }
  }
  return [...new Map(named.map((blob) => [blob.hash, TypedBlob.parse(blob)])).values()];
}
