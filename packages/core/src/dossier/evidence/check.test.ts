import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  AccountId,
  type BlobHash,
  type DossierId,
  type FormStepId,
  type PieceId,
  type TeamId,
} from '../../kernel/ids.ts';
import type { Rank } from '../../kernel/rank.ts';
import { Receipt } from '../../protocol/receipt.ts';
import { dossierRoom } from '../../protocol/rooms.ts';
import { testBlob, testDraft, testId, testStep } from '../../testing/index.ts';
import { piecesOf } from '../dossier.ts';
import { piecesView } from '../dossier.view.ts';
import { appendFormStep, correctField, FieldId } from '../form/index.ts';
import { addPiece, completePiece, renamePiece } from '../piece.operations.ts';
import type { BlobRef } from '../text.ts';
import { checkPiece, type SignatureState } from './check.ts';
import { makeManifest } from './manifest.ts';
import { addReceipt, receiptsOf } from './receipts.ts';

const read = { reading: 'whole' as const, pixels: null, pages: null };

const author = { by: AccountId.parse('account-1'), at: 5 };
const pieceId = testId<PieceId>(100);

/** A piece of every kind of part, with its blobs, on one device. */
async function onDevice(options: { readonly manifest?: boolean } = {}) {
  const doc = new Y.Doc();
  const blobs = new Map<BlobHash, string>();
  const digest = async (text: string): Promise<BlobRef> => ({
    hash: createHash('sha256').update(text).digest('hex') as BlobHash,
    bytes: Buffer.byteLength(text),
  });
  const put = async (content: string) => {
    const ref = await digest(content);
    blobs.set(ref.hash, content);
    return ref;
  };
  const tile = { ...(await put('tile')), type: 'image/png', top: 0, height: 600 };
  const parts = {
    snapshot: await put('<p>snapshot</p>'),
    screenshot: { width: 800, height: 600, ratio: 1, top: 0, tiles: [tile] },
    original: { ...(await put('%PDF')), type: 'application/pdf', name: 'note.pdf', ...read },
  };
  const resources = [{ ...(await put('image')), type: 'image/png' }];
  const form = testStep(testId<FormStepId>(101));
  const draft = testDraft();
  const about = { draft, parts, resources, software: 'Liasse 0.1.0', digest };
  const manifest = options.manifest === false ? null : await put(await makeManifest({ ...about, form }));
  addPiece(doc, { pieceId, rank: 'a0' as Rank, draft, parts: { ...parts, manifest }, resources, form }, author);

  let signature: SignatureState = 'holds';
  const ports = {
    digest,
    digestOf: async (hash: BlobHash) => {
      const content = blobs.get(hash);
      return content === undefined ? null : (await digest(content)).hash;
    },
    textOf: async (hash: BlobHash) => blobs.get(hash) ?? null,
    checkSignature: async () => signature,
  };
  return {
    doc,
    put,
    about,
    blobs: { ...parts, image: resources[0] as BlobRef, tile, manifest: manifest ?? testBlob(0) },
    record: () => piecesOf(doc).get(pieceId) as Y.Map<unknown>,
    tamper: (blob: BlobRef, content = 'other') => blobs.set(blob.hash, content),
    lose: (blob: BlobRef) => blobs.delete(blob.hash),
    receive: (change: Partial<Receipt> = {}) =>
      addReceipt(doc, { pieceId, receipt: receiptFor(manifest?.hash ?? testBlob(0).hash, change) }, author),
    signed: (state: SignatureState) => {
      signature = state;
    },
    check: async () => {
      const piece = piecesView(doc).getSnapshot().byId.get(pieceId);
      if (piece === undefined) throw new Error('no piece');
      return checkPiece(doc, piece, ports);
    },
  };
}

const receiptFor = (manifestSha256: BlobHash, change: Partial<Receipt> = {}): Receipt =>
  Receipt.parse({
    profile: 'liasse-receipt/1',
    manifestSha256,
    room: dossierRoom(testId<TeamId>(1), testId<DossierId>(2)),
    author: 'account-1',
    receivedAt: 1_700_000_000_000,
    seq: 1,
    keyId: 'k'.repeat(43),
    signature: 's'.repeat(86),
    ...change,
  });

describe('checking a piece', () => {
  test('[E12] as it was taken it is consistent, and received once its receipt holds; its title may change', async () => {
    const at = await onDevice();
    renamePiece(at.doc, { pieceId, title: 'Autre titre' }, author);
    expect(await at.check()).toEqual({ kind: 'consistent', receipt: 'none' });
    at.receive();
    expect(await at.check()).toMatchObject({ kind: 'received', receipt: { receivedAt: 1_700_000_000_000 } });
  });

  test.each(['unknown-key', 'unsupported'] as const)(
    '[E12] with a receipt that cannot be checked (%s), it says no more than consistent',
    async (state) => {
      const at = await onDevice();
      at.receive();
      at.signed(state);
      expect(await at.check()).toEqual({ kind: 'consistent', receipt: state });
    },
  );

  test('[E12] a receipt that does not hold, or is none, is a modification', async () => {
    const at = await onDevice();
    at.receive();
    at.signed('broken');
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['receipt'] });
    at.signed('holds');
    receiptsOf(at.doc).set(at.blobs.manifest.hash, receiptFor(testBlob(8).hash));
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['receipt'] });
  });

  test.each([
    ['snapshot', 'snapshot'],
    ['image', 'resource'],
    ['tile', 'screenshot'],
    ['original', 'original'],
    ['manifest', 'manifest'],
  ] as const)('[E10][E11] changed bytes of %s are told from bytes that are away', async (blob, part) => {
    const at = await onDevice();
    at.receive();
    at.tamper(at.blobs[blob]);
    expect(await at.check()).toEqual({ kind: 'modified', parts: [part] });
    at.lose(at.blobs[blob]);
    expect(await at.check()).toEqual({ kind: 'incomplete', parts: [part] });
  });

  test.each<[string, unknown, string]>([
    ['url', 'https://elsewhere.example/', 'capture'],
    ['capturedAt', 5, 'capture'],
    ['legal', null, 'capture'],
    ['missing', [{ kind: 'image', origin: null, count: 2 }], 'capture'],
    ['site', undefined, 'capture'],
    ['text', { kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Autre chose' }] }, 'text'],
    ['text', { kind: 'inline', blocks: [] }, 'text'],
    ['snapshot', null, 'snapshot'],
    ['snapshot', testBlob(4), 'snapshot'],
    ['screenshot', null, 'screenshot'],
    ['original', null, 'original'],
  ])('[E10] a record whose %s was written over with %j is told', async (key, value, part) => {
    const at = await onDevice();
    at.receive();
    // A piece without its site cannot be read at all: what a peer deletes is put back as a lie.
    if (value === undefined) at.record().set(key, 'other.example');
    else at.record().set(key, value);
    expect(await at.check()).toEqual({ kind: 'modified', parts: [part] });
  });

  test('[F19][E10] a form is checked in the record; a correction and a later step are no change of it', async () => {
    const at = await onDevice();
    const step = testStep(testId<FormStepId>(102));
    appendFormStep(at.doc, { pieceId, step }, author);
    correctField(at.doc, { pieceId, field: FieldId.parse(`${step.id}/0`), value: 'Dupont' }, author);
    expect(await at.check()).toMatchObject({ kind: 'consistent' });
    const steps = at.record().get('formSteps') as Y.Map<object>;
    const [first = '', written] = [...steps].find(([id]) => id !== step.id) ?? [];
    steps.set(first, { ...written, title: 'Autre demande' });
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['form'] });
  });

  test('[E10] a long text is checked in its blob, and a swapped manifest does not hide what it names', async () => {
    const at = await onDevice();
    const other = await at.put(await makeManifest({ ...at.about, parts: {} }));
    at.record().set('manifest', other);
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['snapshot', 'screenshot', 'original'] });
    at.record().set('manifest', await at.put('{"profile":"data-package"}'));
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['manifest'] });
    const long = await at.put('[{"kind":"paragraph","text":"long"}]');
    at.record().set('text', { kind: 'blob', blob: long });
    at.record().set('manifest', await at.put(await makeManifest({ ...at.about, text: long })));
    expect(await at.check()).toEqual({ kind: 'consistent', receipt: 'none' });
    at.tamper(long);
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['text'] });
  });

  test('[E10] what completed a snapshot is checked too', async () => {
    const at = await onDevice();
    const snapshot = await at.put('<p>whole</p>');
    const manifest = await at.put(await makeManifest({ ...at.about, parts: { snapshot } }));
    completePiece(at.doc, { pieceId, completion: { snapshot, manifest, missing: [] } }, author);
    expect(await at.check()).toEqual({ kind: 'consistent', receipt: 'none' });
    at.tamper(snapshot);
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['snapshot'] });
  });

  test('[E11] what is changed outweighs what is away', async () => {
    const at = await onDevice();
    at.lose(at.blobs.image);
    at.tamper(at.blobs.snapshot);
    expect(await at.check()).toEqual({ kind: 'modified', parts: ['snapshot'] });
  });

  test('[E13] without a manifest there is nothing to check', async () => {
    const at = await onDevice({ manifest: false });
    expect(await at.check()).toEqual({ kind: 'no-manifest' });
  });
});
