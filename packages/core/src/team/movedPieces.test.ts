import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addHighlight,
  addPiece,
  addReceipt,
  blobsOf,
  completePiece,
  createDossier,
  highlightsView,
  makeManifest,
  piecesView,
  pieceText,
  receiptState,
  renamePiece,
  trashedPiecesView,
} from '../dossier/index.ts';
import {
  AccountId,
  type BlobHash,
  type DossierId,
  type HighlightId,
  type PieceId,
  type TeamId,
} from '../kernel/ids.ts';
import type { Operation } from '../kernel/operation.ts';
import type { Rank } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Receipt } from '../protocol/receipt.ts';
import { dossierRoom, type RoomName } from '../protocol/rooms.ts';
import { seededRandomness, testDraft, testId } from '../testing/index.ts';
import type { TeamDoc, TeamDocs } from './docs.ts';
import { movePieceAcross } from './movedPieces.ts';

const read = { reading: 'whole' as const, pixels: null, pages: null };

const team = testId<TeamId>(1);
const [from, to] = [testId<DossierId>(2), testId<DossierId>(3)];
const [source, target] = [dossierRoom(team, from), dossierRoom(team, to)];
const pieceId = testId<PieceId>(100);
const capturer = { by: AccountId.parse('account-capturer'), at: 5 };
const mover = { by: AccountId.parse('account-mover'), at: 9 };

/** A device with two dossiers, whose first holds a whole piece. `stop`: dies when that is about to happen. */
async function device(options: { readonly stop?: string } = {}) {
  const documents = new Map<RoomName, Y.Doc>([source, target].map((room) => [room, new Y.Doc()]));
  const docOf = (room: RoomName) => documents.get(room) as Y.Doc;
  const open = new Set<string>();
  const log: string[] = [];
  const did = (what: string) => {
    if (what === options.stop) throw new Error('stopped');
    log.push(what);
  };
  const nameOf = (room: RoomName) => (room === source ? 'source' : 'target');
  const docs: TeamDocs = {
    team,
    random: seededRandomness(3),
    patience: () => Promise.resolve(),
    open: (room): TeamDoc => {
      open.add(room);
      return {
        doc: docOf(room),
        loaded: Promise.resolve(),
        run: <Input, Result>(operation: Operation<Input, Result>, input: Input) => {
          did(operation.code);
          return operation(docOf(room), input, mover);
        },
        saved: async () => did(`saved ${nameOf(room)}`),
        close: () => void open.delete(room),
      };
    },
  };
  const blobs = new Map<BlobHash, string>();
  const referred = new Map<RoomName, Set<string>>([source, target].map((room) => [room, new Set()]));
  const put = async (content: string) => {
    const hash = createHash('sha256').update(content).digest('hex') as BlobHash;
    blobs.set(hash, content);
    referred.get(source)?.add(content);
    return { hash, bytes: content.length };
  };
  const carrier = {
    text: async (room: RoomName, hash: BlobHash) =>
      referred.get(room)?.has(blobs.get(hash) ?? '') ? (blobs.get(hash) ?? null) : null,
    carry: async (hash: BlobHash, room: RoomName, other: RoomName) => {
      const content = blobs.get(hash);
      if (content === undefined || !referred.get(room)?.has(content)) return false;
      referred.get(other)?.add(content);
      return true;
    },
  };
  for (const [room, id] of [
    [source, from],
    [target, to],
  ] as const)
    createDossier(docOf(room), { dossierId: id, title: id }, capturer);
  const tile = { ...(await put('tile')), type: 'image/png', top: 0, height: 600 };
  const parts = {
    snapshot: await put('snapshot'),
    screenshot: { width: 800, height: 600, ratio: 1, top: 0, tiles: [tile] },
    original: { ...(await put('original')), type: 'application/pdf', name: 'note.pdf', ...read },
  };
  const resources = [{ ...(await put('image')), type: 'image/png' }];
  const digest = async (text: string) => ({
    hash: createHash('sha256').update(text).digest('hex') as BlobHash,
    bytes: 1,
  });
  const draft = testDraft();
  const about = { draft, resources, software: 'x', digest };
  const manifest = await put(await makeManifest({ ...about, parts }));
  addPiece(docOf(source), { pieceId, rank: 'a3' as Rank, draft, parts: { ...parts, manifest }, resources }, capturer);
  const snapshot = await put('completed');
  const second = await put(await makeManifest({ ...about, parts: { snapshot } }));
  completePiece(docOf(source), { pieceId, completion: { snapshot, manifest: second, missing: [] } }, capturer);
  const receipt = Receipt.parse({
    profile: 'liasse-receipt/1',
    manifestSha256: manifest.hash,
    room: source,
    author: 'account-capturer',
    receivedAt: 6,
    seq: 1,
    keyId: 'k'.repeat(43),
    signature: 's'.repeat(86),
  });
  addReceipt(docOf(source), { pieceId, receipt }, capturer);
  const passage = {
    quote: { exact: 'Premier', prefix: 'Le ', suffix: ' ministre' },
    position: { start: 3, end: 10 },
    path: null,
    source: { digest: '0'.repeat(16), rival: null, aloneInPath: false },
  };
  const highlightId = testId<HighlightId>(200);
  addHighlight(docOf(source), { pieceId, highlightId, target: passage, comment: 'voir' }, capturer);
  const piece = () => piecesView(docOf(source)).getSnapshot().byId.get(pieceId);
  return {
    docs,
    carrier,
    log,
    open,
    blobs,
    referred,
    manifest,
    source: docOf(source),
    target: docOf(target),
    piece,
    there: () => piecesView(docOf(target)).getSnapshot().byId.get(pieceId),
    trashed: () => trashedPiecesView(docOf(source)).getSnapshot().byId.get(pieceId),
  };
}

const move = { pieceId, from, to };

describe('a piece moved to another dossier', () => {
  test('[T7] is there whole, with its author, its receipt and its blobs, before it is trashed here', async () => {
    const at = await device();
    const before = at.piece();
    await movePieceAcross(at.docs, move, at.carrier);
    expect(at.there()).toEqual({ ...before, rank: at.there()?.rank });
    expect(at.there()?.capturedBy).toBe(capturer.by);
    expect(pieceText(at.target, pieceId)).toEqual(pieceText(at.source, pieceId));
    expect(receiptState(at.target, at.manifest.hash)).toEqual(receiptState(at.source, at.manifest.hash));
    expect(receiptState(at.target, at.manifest.hash).kind).toBe('here');
    expect(highlightsView(at.target).getSnapshot().items).toEqual(highlightsView(at.source).getSnapshot().items);
    expect(highlightsView(at.target).getSnapshot().items).toMatchObject([{ comment: 'voir', by: capturer.by }]);
    expect(at.referred.get(target)).toEqual(at.referred.get(source));
    expect(blobsOf(at.target).toJSON()).toEqual(blobsOf(at.source).toJSON());
    expect([at.piece(), at.trashed()?.id]).toEqual([undefined, pieceId]);
    expect(at.log).toEqual(['dossier.adoptPiece', 'saved target', 'dossier.trashPiece', 'saved source']);
    expect(at.open.size).toBe(0);
  });

  test.each(['dossier.adoptPiece', 'saved target', 'dossier.trashPiece', 'saved source'])(
    '[T7] cut before “%s”, it is in one of the two at least, and doing it again ends it',
    async (stop) => {
      const at = await device({ stop });
      await expect(movePieceAcross(at.docs, move, at.carrier)).rejects.toThrow('stopped');
      expect(at.piece() ?? at.there()).toBeDefined();
      expect(at.open.size).toBe(0);
      const run =
        <Input, Result>(doc: Y.Doc) =>
        (operation: Operation<Input, Result>, input: Input) =>
          operation(doc, input, mover);
      const again: TeamDocs = {
        ...at.docs,
        open: (room) => {
          const doc = room === source ? at.source : at.target;
          return {
            doc,
            loaded: Promise.resolve(),
            run: run(doc) as TeamDoc['run'],
            saved: async () => {},
            close: () => {},
          };
        },
      };
      await movePieceAcross(again, move, at.carrier);
      expect([at.piece(), at.there()?.id]).toEqual([undefined, pieceId]);
    },
  );

  test('[T7] a piece part of which is not here stays where it is, and nothing is written', async () => {
    for (const lost of ['image', 'completed', 'tile']) {
      const at = await device();
      for (const [hash, content] of at.blobs) if (content === lost) at.blobs.delete(hash);
      const refused = movePieceAcross(at.docs, move, at.carrier);
      await expect(refused, lost).rejects.toMatchObject({ code: 'offline' });
      expect(at.log).toEqual([]);
      expect([at.piece()?.id, at.there()]).toEqual([pieceId, undefined]);
    }
    const at = await device();
    at.blobs.delete(at.manifest.hash);
    await expect(movePieceAcross(at.docs, move, at.carrier)).rejects.toMatchObject({ code: 'offline' });
  });

  test('[T7] moved back, it is at its place again, with what was changed meanwhile', async () => {
    const at = await device();
    await movePieceAcross(at.docs, move, at.carrier);
    renamePiece(at.target, { pieceId, title: 'Renommée là-bas' }, capturer);
    await movePieceAcross(at.docs, { pieceId, from: to, to: from }, at.carrier);
    expect(at.piece()).toMatchObject({ rank: 'a3', title: 'Renommée là-bas', capturedBy: capturer.by });
    expect(at.there()).toBeUndefined();
  });

  test('[T7] to where it is, or one that is not there, is refused', async () => {
    const at = await device();
    await expect(movePieceAcross(at.docs, { ...move, to: from }, at.carrier)).rejects.toThrow(Refusal);
    await expect(movePieceAcross(at.docs, { ...move, pieceId: testId<PieceId>(7) }, at.carrier)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
