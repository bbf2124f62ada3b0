import {
  addPiece,
  appendFormStep,
  type BlobHash,
  type BlobRef,
  createDossier,
  encodeText,
  endOfSlip,
  ensureRegistered,
  MANIFEST_TYPE,
  makeManifest,
  nameSnapshot,
  needsBlob,
  type OriginalFile,
  Refusal,
  type Screenshot,
  SNAPSHOT_TYPE,
  TEXT_BLOB_TYPE,
  type TeamDoc,
  type TypedBlob,
} from '@liasse/core';
import { dossierRoom, type RoomName } from '@liasse/core/protocol';
import { hashOf } from '@liasse/core/replica';
import type { TeamAtHand } from './device.ts';
import type { Job, JobFile, JobOriginal, JobScreenshot } from './jobStore.ts';

/**
 * Adds what a job has taken to its dossier, which is made if it is new. Every step may be done again: blobs are named by their
 * content, dossier and piece by the ids of the job.
 *
 * @returns the snapshot that the piece now has
 */
export async function addToDossier(
  at: TeamAtHand,
  job: Job & { step: 'taken' },
  software: string,
): Promise<BlobRef | null> {
  const { draft, pieceId, dossier, versionOf } = job;
  const room = dossierRoom(job.team, dossier.id);
  const form = job.formStep ?? null;
  if (form !== null && job.form?.stepOf) {
    await inDocument(at, room, (open) => once(() => open.run(appendFormStep, { pieceId, step: form })));
    return null;
  }
  const put: Put = async (content, type) => {
    const bytes = new Blob([content], { type });
    return { hash: await at.replica.blobs.put(room, bytes), bytes: bytes.size, type };
  };
  // Blobs first: a reference is written once what it names is on the disk.
  const { snapshot, resources } = await storeSnapshot(job.files, put);
  const original = await storeOriginal(job.original ?? null, put);
  const screenshot = await storeScreenshot(job.screenshot ?? null, put);
  const text = needsBlob(draft.text) ? refOf(await put(encodeText(draft.text), TEXT_BLOB_TYPE)) : null;
  const taken = { snapshot, original, screenshot };
  const manifest = await makeManifest({ draft, parts: taken, resources, text, form, software, digest });
  const parts = { ...taken, manifest: refOf(await put(manifest, MANIFEST_TYPE)) };
  await inDocument(at, room, (open) => {
    if (dossier.isNew) once(() => open.run(createDossier, { dossierId: dossier.id, title: dossier.title }));
    const rank = endOfSlip(open.doc, at.random);
    once(() => open.run(addPiece, { pieceId, draft, parts, resources, text, rank, versionOf, form }));
  });
  if (dossier.isNew) await ensureRegistered(at, dossier.id);
  return snapshot;
}

type Put = (content: Blob | string, type: string) => Promise<TypedBlob>;

const refOf = ({ hash, bytes }: TypedBlob): BlobRef => ({ hash, bytes });

/** Stores a snapshot with everything it refers to, under their names. */
async function storeSnapshot(
  files: readonly JobFile[],
  put: Put,
): Promise<{ readonly snapshot: BlobRef | null; readonly resources: TypedBlob[] }> {
  const page = files.find(({ role }) => role === 'snapshot');
  if (page === undefined) return { snapshot: null, resources: [] };
  const stored = new Map<BlobHash, TypedBlob>();
  const store = async (content: Blob | string, type: string) => {
    const blob = await put(content, type);
    stored.set(blob.hash, blob);
    return blob.hash;
  };
  const resources = files.flatMap(({ role, token, type, bytes }) =>
    role === 'resource' && token !== null ? [{ token, type, bytes }] : [],
  );
  const html = await page.bytes.text();
  const named = await nameSnapshot({ html, resources }, { text: (bytes) => bytes.text(), store });
  const snapshot = refOf(await put(named.html, SNAPSHOT_TYPE));
  return { snapshot, resources: [...stored.values()] };
}

async function storeOriginal(original: JobOriginal | null, put: Put): Promise<OriginalFile | null> {
  if (original === null) return null;
  const { bytes, ...about } = original;
  return { ...about, ...refOf(await put(bytes, original.type)) };
}

async function storeScreenshot(screenshot: JobScreenshot | null, put: Put): Promise<Screenshot | null> {
  if (screenshot === null) return null;
  const tiles: Screenshot['tiles'] = [];
  for (const { bytes, top, height } of screenshot.tiles) tiles.push({ ...(await put(bytes, bytes.type)), top, height });
  return { ...screenshot, tiles };
}

export async function digest(text: string): Promise<BlobRef> {
  const bytes = new Blob([text]);
  return { hash: await hashOf(bytes), bytes: bytes.size };
}

/** Opens a document, acts, waits until it is durable, lets go. */
export async function inDocument(
  at: TeamAtHand,
  room: RoomName,
  act: (open: TeamDoc) => void | Promise<void>,
): Promise<void> {
  const open = at.open(room);
  try {
    await open.loaded;
    await act(open);
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
