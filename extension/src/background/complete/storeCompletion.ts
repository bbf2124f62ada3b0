import {
  type BlobHash,
  blobsOf,
  CaptureDraft,
  completePiece,
  completeSnapshot,
  type Doc,
  MANIFEST_TYPE,
  type Missing,
  makeManifest,
  nameSnapshot,
  nestedResourcesOf,
  type Piece,
  piecesView,
  Refusal,
  resourceName,
  resourcesOf,
  SNAPSHOT_TYPE,
  shownSnapshot,
  TypedBlob,
  tokensOf,
  trashedPiecesView,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import type { Unreached } from '../../capture/pageContent.ts';
import { writeCss } from '../../capture/snapshot/css.ts';
import { digest, inDocument } from '../addToDossier.ts';
import type { TeamAtHand } from '../device.ts';
import type { Part } from './fetchParts.ts';
import type { FramePart } from './frames.ts';
import { stillMissing, type Unfinished } from './unreachedStore.ts';

/** Keeps a blob, and knows from then on what it is. */
type Put = (content: Blob | string, type: string) => Promise<BlobHash>;

/**
 * Puts a completed snapshot beside the first one. Blobs come first, the reference last; done again it finds its places filled, and
 * changes nothing [C34].
 *
 * @throws {Refusal} `not-found` when the piece or its snapshot is not on this device
 */
export async function storeCompletion(
  at: TeamAtHand,
  row: Unfinished,
  found: ReadonlyMap<Unreached, Part | FramePart>,
  software: string,
): Promise<void> {
  const room = dossierRoom(row.team, row.dossierId);
  const blobs = new Map<BlobHash, TypedBlob>();
  const put: Put = async (content, type) => {
    const bytes = new Blob([content], { type });
    const hash = await at.replica.blobs.put(room, bytes);
    blobs.set(hash, { hash, bytes: bytes.size, type });
    return hash;
  };
  const read = async (hash: BlobHash) => (await at.replica.blobs.get(room, hash))?.text() ?? null;

  await inDocument(at, room, async (open) => {
    const piece = pieceIn(open.doc, row);
    const { snapshot, missing } = shownSnapshot(piece);
    const before = snapshot === null ? null : await read(snapshot.hash);
    if (before === null) throw new Refusal('not-found', { pieceId: piece.id });
    const filled = new Map<string, BlobHash>();
    for (const [{ token }, part] of found) filled.set(token, await storePart(part, put));
    const html = await completeSnapshot(before, filled, { read, store: put });
    if (html === before) return;

    const hash = await put(html, SNAPSHOT_TYPE);
    const completed = { hash, bytes: blobs.get(hash)?.bytes ?? 0 };
    const resources = await typedResources(html, open.doc, blobs, read);
    const more = [...found.values()].flatMap((part) => (part.kind === 'file' ? [] : part.missing));
    const left = stillMissing(missing, [...found.keys()], more);
    const text = await makeManifest({
      draft: draftOf(piece, left),
      parts: { snapshot: completed },
      resources,
      software,
      digest,
    });
    const manifest = await put(text, MANIFEST_TYPE);
    open.run(completePiece, {
      pieceId: piece.id,
      completion: {
        snapshot: completed,
        manifest: { hash: manifest, bytes: blobs.get(manifest)?.bytes ?? 0 },
        missing: left,
      },
      resources,
    });
  });
}

function pieceIn(doc: Doc, { pieceId }: Unfinished): Piece {
  const views = [piecesView(doc), trashedPiecesView(doc)];
  const piece = views.map((view) => view.getSnapshot().byId.get(pieceId)).find((found) => found !== undefined);
  if (piece === undefined) throw new Refusal('not-found', { pieceId });
  return piece;
}

async function storePart(part: Part | FramePart, put: Put): Promise<BlobHash> {
  if (part.kind === 'file') return put(part.file, part.file.type);
  if (part.kind === 'frame') return storeFrame(part, put);
  const names = new Map<unknown, string>();
  for (const [place, file] of part.files) names.set(place, resourceName(await put(file, file.type)));
  const css = writeCss(part.css, (place) => names.get(place) ?? null);
  return put(css, 'text/css');
}

/** A frame was taken as a page is: its tokens are its own, and those that stay without a name must not be taken for the page's. */
async function storeFrame({ files }: FramePart, put: Put): Promise<BlobHash> {
  const own = new Set(files.map(({ token }) => token));
  const text = async (bytes: Blob) => {
    const written = await bytes.text();
    const strange = new Set(tokensOf(written).filter((token) => !own.has(token)));
    return written.replace(/liasse-resource:\d+/g, (token) => (strange.has(token) ? NO_TOKEN : token));
  };
  const page = files.find(({ role }) => role === 'snapshot');
  const resources = files.flatMap(({ token, type, bytes }) => (token === null ? [] : [{ token, type, bytes }]));
  const html = page === undefined ? '' : await text(page.bytes);
  const named = await nameSnapshot({ html, resources }, { text, store: put });
  return put(named.html, SNAPSHOT_TYPE);
}

/** Tokens begin with 1: this one is never filled. */
const NO_TOKEN = 'liasse-resource:0';

/** Everything that the completed snapshot refers to, old and new. */
async function typedResources(
  html: string,
  doc: Doc,
  stored: ReadonlyMap<BlobHash, TypedBlob>,
  read: (hash: BlobHash) => Promise<string | null>,
): Promise<TypedBlob[]> {
  const typed = new Map<BlobHash, TypedBlob>();
  const waiting = [html];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const nested = nestedResourcesOf(text);
    for (const hash of resourcesOf(text)) {
      if (typed.has(hash)) continue;
      const known = stored.get(hash) ?? TypedBlob.safeParse({ ...(blobsOf(doc).get(hash) ?? {}), hash }).data;
      if (known === undefined) continue;
      typed.set(hash, known);
      const inner = nested.has(hash) ? await read(hash) : null;
      if (inner !== null) waiting.push(inner);
    }
  }
  return [...typed.values()];
}

/** What the manifest of a completion says was captured: the same page, with what is missing now. Its text is in the first one. */
function draftOf(piece: Piece, missing: Missing[]): CaptureDraft {
  const { kind, title, url, canonical, site, language, capturedAt, legal, work, coverage } = piece;
  return CaptureDraft.parse({
    ...{ kind, title, url, canonical, site, language, capturedAt, legal, work, coverage, missing },
    text: [],
  });
}
