import {
  addPiece,
  type BlobRef,
  CaptureDraft,
  draftTitle,
  encodeText,
  endOfSlip,
  LanguageTag,
  MANIFEST_TYPE,
  makeManifest,
  needsBlob,
  newId,
  OriginalFile,
  type PieceId,
  type Randomness,
  Refusal,
  SNAPSHOT_TYPE,
  TEXT_BLOB_TYPE,
} from '@liasse/core';
import { MAX_BLOB_BYTES } from '@liasse/core/protocol';
import { hashOf, type OpenDoc, type Replica } from '@liasse/core/replica';
import { copyHtml } from './htmlCopy.ts';
import type { ReadFile } from './read/readFile.ts';
import type { FileProgress, ReadFileHere } from './readInWorker.ts';

/** What a file is added with. */
export interface AddFilePorts {
  readonly open: OpenDoc;
  readonly blobs: Replica['blobs'];
  readonly read: ReadFileHere;
  readonly random: Randomness;
  readonly now: () => number;
  /** What makes the manifest, with its version. */
  readonly software: string;
}

/**
 * Adds a file to a dossier as a piece: its bytes untouched, its text where it can be read, an inert copy where it is HTML, and a
 * manifest over them.
 *
 * @throws {Refusal} `invalid-input` for an empty file, `too-large` past a blob's bound, `no-space`, `cancelled` when the signal says so
 * @see SPEC.md P30–P38
 */
export async function addFile(
  file: File,
  { open, blobs, read, random, now, software }: AddFilePorts,
  options: { readonly signal: AbortSignal; readonly report: (progress: FileProgress) => void },
): Promise<PieceId> {
  if (file.size === 0) throw new Refusal('invalid-input', { at: 'file' });
  if (file.size > MAX_BLOB_BYTES) throw new Refusal('too-large', { bytes: file.size });
  const found = await stoppable(() => read(file, options), options.signal);
  const { type } = found;
  const copy = found.html === null ? null : copyHtml(found.html);
  const draft = draftOf(file, found, copy, now());
  const put = async (content: Blob | string, as: string): Promise<BlobRef> => {
    const bytes = new Blob([content], { type: as });
    return { hash: await blobs.put(open.room, bytes), bytes: bytes.size };
  };
  const refuseStopped = () => {
    if (options.signal.aborted) throw new Refusal('cancelled');
  };

  const { pages, pixels } = found;
  const reading = type === 'text/html' && draft.text.length > 0 ? (copy?.isCut ? 'cut' : 'whole') : found.reading;
  const original = OriginalFile.parse({ ...(await put(file, type)), type, name: nameOf(file), reading, pages, pixels });
  refuseStopped();
  const snapshot = copy === null ? null : await put(copy.html, SNAPSHOT_TYPE);
  const text = needsBlob(draft.text) ? await put(encodeText(draft.text), TEXT_BLOB_TYPE) : null;
  const manifest = await makeManifest({ draft, parts: { original, snapshot }, text, software, digest });
  const parts = { original, snapshot, manifest: await put(manifest, MANIFEST_TYPE) };
  refuseStopped();
  const pieceId = newId<PieceId>(random);
  open.run(addPiece, { pieceId, rank: endOfSlip(open.doc, random), draft, parts, text });
  return pieceId;
}

function draftOf(
  file: File,
  found: ReadFile,
  copy: ReturnType<typeof copyHtml> | null,
  capturedAt: number,
): CaptureDraft {
  const name = nameOf(file);
  const isPage = found.type === 'text/html';
  return CaptureDraft.parse({
    kind: 'document',
    title: draftTitle(found.title ?? (isPage ? (copy?.title ?? '') : ''), name.replace(/\.\w{1,5}$/, '')),
    url: null,
    site: '',
    language: LanguageTag.safeParse(found.language ?? copy?.language).data ?? null,
    capturedAt,
    legal: null,
    // A message says the same in plain text, with its sender first.
    text: found.blocks.length > 0 ? [...found.blocks] : [...(copy?.blocks ?? [])],
    missing: [...(copy?.missing ?? [])],
  });
}

const nameOf = ({ name }: File): string => name.trim().slice(-255) || 'document';

async function stoppable<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (signal.aborted) throw new Refusal('cancelled');
    throw error;
  }
}

async function digest(text: string): Promise<BlobRef> {
  const bytes = new Blob([text]);
  return { hash: await hashOf(bytes), bytes: bytes.size };
}
