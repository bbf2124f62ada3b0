import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { AccountId, type DossierId, type PieceId, type TeamId } from '../../kernel/ids.ts';
import type { Rank } from '../../kernel/rank.ts';
import { makeUndo } from '../../kernel/undo.ts';
import { Receipt } from '../../protocol/receipt.ts';
import { dossierRoom } from '../../protocol/rooms.ts';
import {
  histories,
  makeReplicas,
  play,
  settle,
  testBlob,
  testDraft,
  testId,
  tolerateRefusal,
} from '../../testing/index.ts';
import { dossierUndoable } from '../dossier.ts';
import { piecesView } from '../dossier.view.ts';
import { addPiece, completePiece } from '../piece.operations.ts';
import { addReceipt, receiptState, receiptsOf, receiptsView, unreceived } from './receipts.ts';

const author = { by: AccountId.parse('account-1'), at: 5 };
const pieceId = testId<PieceId>(100);
const manifest = testBlob(9);

const receiptFor = (n: number, change: Partial<Receipt> = {}): Receipt =>
  Receipt.parse({
    profile: 'liasse-receipt/1',
    manifestSha256: testBlob(n).hash,
    room: dossierRoom(testId<TeamId>(1), testId<DossierId>(2)),
    author: 'account-1',
    receivedAt: 1_700_000_000_000,
    seq: 1,
    keyId: 'k'.repeat(43),
    signature: 's'.repeat(86),
    ...change,
  });

function dossierOfOne(): Y.Doc {
  const doc = new Y.Doc();
  addPiece(doc, { pieceId, rank: 'a0' as Rank, draft: testDraft(), parts: { manifest } }, author);
  return doc;
}

describe('a receipt', () => {
  test('[E6] is kept under its manifest’s hash, and stays when what was done before is undone', () => {
    const doc = dossierOfOne();
    const undo = makeUndo(doc, dossierUndoable(doc));
    expect(unreceived(doc)).toEqual([{ pieceId, manifest: manifest.hash }]);
    addReceipt(doc, { pieceId, receipt: receiptFor(9) }, author);
    expect(receiptState(doc, manifest.hash)).toEqual({ kind: 'here', receipt: receiptFor(9) });
    expect(unreceived(doc)).toEqual([]);
    undo.undo(author);
    expect(receiptsView(doc).getSnapshot().get(manifest.hash)?.kind).toBe('here');
  });

  test('[E6] of another piece, of no piece, or of another shape is refused', () => {
    const doc = dossierOfOne();
    const refusal = (input: unknown) => tolerateRefusal(() => addReceipt(doc, input as never, author))?.code;
    expect(refusal({ pieceId, receipt: receiptFor(8) })).toBe('invalid-input');
    expect(refusal({ pieceId: testId<PieceId>(101), receipt: receiptFor(9) })).toBe('not-found');
    expect(refusal({ pieceId, receipt: { ...receiptFor(9), signature: 'x' } })).toBe('invalid-input');
    expect(refusal({ pieceId, receipt: { ...receiptFor(9), extra: 1 } })).toBe('invalid-input');
    expect(receiptsOf(doc).size).toBe(0);
  });

  test('[E6] is one for each manifest: as taken, and as completed', () => {
    const doc = dossierOfOne();
    const completion = { snapshot: testBlob(3), manifest: testBlob(10), missing: [] };
    completePiece(doc, { pieceId, completion }, author);
    addReceipt(doc, { pieceId, receipt: receiptFor(10) }, author);
    expect(unreceived(doc)).toEqual([{ pieceId, manifest: manifest.hash }]);
  });

  test.each([
    ['a text', 'reçu'],
    ['a receipt of another manifest', receiptFor(8)],
    ['a map', new Y.Map([['profile', 'liasse-receipt/1']])],
    ['a number', 4],
  ])(
    '[E6] %s in its place, from a peer, is unreadable and hides no piece; the server’s takes its place',
    (_what, bad) => {
      const doc = dossierOfOne();
      receiptsOf(doc).set(manifest.hash, bad);
      expect(receiptState(doc, manifest.hash)).toEqual({ kind: 'unreadable' });
      expect(piecesView(doc).getSnapshot()).toMatchObject({ items: [{ id: pieceId }], unreadable: 0 });
      expect(unreceived(doc)).toHaveLength(1);
      addReceipt(doc, { pieceId, receipt: receiptFor(9) }, author);
      expect(receiptState(doc, manifest.hash).kind).toBe('here');
    },
  );
});

interface Action {
  readonly do: 'add' | 'receive' | 'nonsense' | 'complete';
  readonly n: number;
}

const action: fc.Arbitrary<Action> = fc.record({
  do: fc.constantFrom('add' as const, 'receive' as const, 'nonsense' as const, 'complete' as const),
  n: fc.nat({ max: 3 }),
});

test('[E7] replicas that saw the same edits show the same receipts, whatever was written', () => {
  fc.assert(
    fc.property(histories(action, { replicas: 3, maxLength: 40 }), (history) => {
      const replicas = makeReplicas(3);
      play(replicas, history, ({ doc, author: by }, step) => {
        const id = testId<PieceId>(100 + step.n);
        if (step.do === 'add' && doc.clientID === 1 + (step.n % 3)) {
          addPiece(
            doc,
            { pieceId: id, rank: 'a0' as Rank, draft: testDraft(), parts: { manifest: testBlob(step.n) } },
            by,
          );
        }
        if (step.do === 'receive') addReceipt(doc, { pieceId: id, receipt: receiptFor(step.n) }, by);
        if (step.do === 'complete') {
          const completion = { snapshot: testBlob(20), manifest: testBlob(50 + step.n), missing: [] };
          completePiece(doc, { pieceId: id, completion }, by);
        }
        if (step.do === 'nonsense') receiptsOf(doc).set(testBlob(step.n).hash, { by: doc.clientID });
        // As a screen does meanwhile: what was seen before says nothing of what is shown in the end.
        receiptsView(doc).getSnapshot();
      });
      settle(replicas);
      const [first, ...others] = replicas.map(({ doc }) => ({
        receipts: [...receiptsView(doc).getSnapshot()].sort(([a], [b]) => (a < b ? -1 : 1)),
        unreceived: unreceived(doc),
      }));
      for (const other of others) expect(other).toEqual(first);
    }),
    { numRuns: 100 },
  );
});
