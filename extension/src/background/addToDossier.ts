import {
  addPiece,
  type BlobRef,
  createDossier,
  encodeText,
  endOfSlip,
  ensureRegistered,
  needsBlob,
  Refusal,
  SNAPSHOT_TYPE,
  TEXT_BLOB_TYPE,
  type TeamDoc,
} from '@liasse/core';
import { dossierRoom, type RoomName } from '@liasse/core/protocol';
import type { TeamAtHand } from './device.ts';
import type { Job } from './jobStore.ts';

/**
 * Adds what a job has taken to its dossier, which is made if it is new. Every step may be done again: blobs are named by their
 * content, dossier and piece by the ids of the job.
 *
 * @returns the snapshot that the piece now has
 */
export async function addToDossier(at: TeamAtHand, job: Job & { step: 'taken' }): Promise<BlobRef | null> {
  const { draft, pieceId, dossier, versionOf } = job;
  const room = dossierRoom(job.team, dossier.id);
  // Blobs first: a reference is written once what it names is on the disk.
  const { snapshot } = await storeFiles(at, room, job);
  const text = needsBlob(draft.text)
    ? await storeBlob(at, room, new Blob([encodeText(draft.text)], { type: TEXT_BLOB_TYPE }))
    : null;
  await inDocument(at, room, (open) => {
    if (dossier.isNew) once(() => open.run(createDossier, { dossierId: dossier.id, title: dossier.title }));
    const rank = endOfSlip(open.doc, at.random);
    once(() => open.run(addPiece, { pieceId, draft, parts: { snapshot }, text, rank, versionOf }));
  });
  if (dossier.isNew) await ensureRegistered(at, dossier.id);
  return snapshot;
}

async function storeFiles(
  at: TeamAtHand,
  room: RoomName,
  { files }: Job & { step: 'taken' },
): Promise<{ readonly snapshot: BlobRef | null }> {
  const snapshot = files.find(({ role }) => role === 'snapshot');
  if (snapshot === undefined) return { snapshot: null };
  return { snapshot: await storeBlob(at, room, snapshot.bytes.slice(0, snapshot.bytes.size, SNAPSHOT_TYPE)) };
}

async function storeBlob(at: TeamAtHand, room: RoomName, bytes: Blob): Promise<BlobRef> {
  return { hash: await at.replica.blobs.put(room, bytes), bytes: bytes.size };
}

/** Opens a document, acts, waits until it is durable, lets go. */
export async function inDocument(at: TeamAtHand, room: RoomName, act: (open: TeamDoc) => void): Promise<void> {
  const open = at.open(room);
  try {
    await open.loaded;
    act(open);
    await open.saved();
  } finally {
    open.close();
  }
}

/** Runs a creation that an earlier worker may have done already: the id says so. */
function once(create: () => void): void {
  try {
    create();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'already-exists')) throw error;
  }
}
