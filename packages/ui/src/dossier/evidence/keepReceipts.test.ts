import { AccountId, addPiece, type DossierId, type PieceId, type Rank, receiptState, receiptsView } from '@liasse/core';
import { dossierRoom, Receipt } from '@liasse/core/protocol';
import { testBlob, testDraft, testId } from '@liasse/core/testing';
import { expect, test, vi } from 'vitest';
import type { Outcome } from '../../app/platform.ts';
import { TEST_TEAM } from '../../testing/memoryPlatform.ts';
import { makeMemoryReplica, READY } from '../../testing/memoryReplica.ts';
import { keepReceipts } from './keepReceipts.ts';

const room = dossierRoom(TEST_TEAM, testId<DossierId>(50));
const hash = (n: number) => testBlob(n).hash;

const receiptFor = (n: number): Receipt =>
  Receipt.parse({
    profile: 'liasse-receipt/1',
    manifestSha256: hash(n),
    room,
    author: 'account-amira',
    receivedAt: 1_700_000_000_000,
    seq: 1,
    keyId: 'k'.repeat(43),
    signature: 's'.repeat(86),
  });

/** A dossier that is open, with a server whose answers the test gives, and a clock that it moves. */
function opened(answer: (n: number) => Outcome<Receipt> | Promise<Outcome<Receipt>>) {
  const replica = makeMemoryReplica(
    { server: 'https://liasse.example', account: AccountId.parse('account-amira'), generation: 1 },
    { clock: { now: () => 5 } },
  );
  const open = replica.open(room);
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const add = (n: number) =>
    open.run(addPiece, {
      pieceId: testId<PieceId>(100 + n),
      rank: `a${n}` as Rank,
      draft: testDraft(),
      parts: { manifest: testBlob(n) },
    });
  return {
    replica,
    open,
    asked,
    waiting,
    add,
    start: () =>
      keepReceipts(
        open,
        async (_room, manifest) => {
          const n = Number.parseInt(manifest, 16);
          asked.push(n);
          return answer(n);
        },
        {
          after: (_delayMs, run) => {
            waiting.push(run);
            return () => void waiting.splice(waiting.indexOf(run), 1);
          },
        },
      ),
    known: (n: number) => receiptState(open.doc, hash(n)).kind,
  };
}

const received = (n: number): Outcome<Receipt> => ({ ok: true, value: receiptFor(n) });

/** Every answer on its way has been heard: a turn of the loop comes after all promises that are settled. */
const heard = () => new Promise((resolve) => setTimeout(resolve));

test('[E8] what is lacking is asked for one by one, what comes later too, and each once', async () => {
  let together = 0;
  const at = opened(async (n) => {
    together += 1;
    expect(together).toBe(1);
    await Promise.resolve();
    together -= 1;
    return received(n);
  });
  at.add(1);
  at.add(2);
  at.start();
  await vi.waitUntil(() => at.known(2) === 'here');
  at.add(3);
  await vi.waitUntil(() => at.known(3) === 'here');
  expect(at.asked).toEqual([1, 2, 3]);
});

test('[E8] with the server away it is asked again after a while, and when the connection is back', async () => {
  let away = true;
  const at = opened((n) => (away ? { ok: false, code: 'offline' } : received(n)));
  at.add(1);
  at.start();
  await vi.waitUntil(() => at.waiting.length === 1);
  at.waiting[0]?.();
  await vi.waitUntil(() => at.asked.length === 2);
  away = false;
  at.replica.sync.set({ ...READY, connection: 'online' });
  await vi.waitUntil(() => at.known(1) === 'here');
  expect(at.asked).toEqual([1, 1, 1]);
  expect(at.waiting).toEqual([]);
});

test.each(['internal', 'rate-limited', 'signed-out'] as const)(
  '[E8] a server that fails (%s) has said nothing of the receipt: it is asked again later',
  async (code) => {
    let fails = true;
    const at = opened((n) => (fails ? { ok: false, code } : received(n)));
    at.add(1);
    at.start();
    await vi.waitUntil(() => at.waiting.length === 1);
    fails = false;
    at.waiting[0]?.();
    await vi.waitUntil(() => at.known(1) === 'here');
  },
);

test('[E8] one that a peer has written nonsense over is asked for, and takes its place', async () => {
  const at = opened(received);
  at.add(1);
  at.open.doc.getMap('receipts').set(hash(1), 'reçu');
  at.start();
  await vi.waitUntil(() => at.known(1) === 'here');
  expect(at.asked).toEqual([1]);
});

test('[E8] a refusal for good is not asked about again, nor does it keep the others waiting', async () => {
  const at = opened((n) => (n === 1 ? { ok: false, code: 'forbidden' } : received(n)));
  at.add(1);
  at.add(2);
  at.start();
  await vi.waitUntil(() => at.known(2) === 'here');
  at.replica.sync.set({ ...READY, connection: 'online' });
  await heard();
  expect([at.asked, at.known(1)]).toEqual([[1, 2], 'none']);
});

test('[E8] a receipt for another manifest is not kept', async () => {
  const at = opened(() => received(9));
  at.add(1);
  at.start();
  await vi.waitUntil(() => at.asked.length === 1);
  await heard();
  expect(receiptsView(at.open.doc).getSnapshot().size).toBe(0);
});

test('[E8] once the dossier is closed, an answer on its way is dropped and nothing more is asked', async () => {
  let answer = (_outcome: Outcome<Receipt>) => {};
  const at = opened(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  at.add(1);
  const stop = at.start();
  stop();
  answer(received(1));
  at.add(2);
  await heard();
  expect([at.known(1), at.asked]).toEqual(['none', [1]]);
});
