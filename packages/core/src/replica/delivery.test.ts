import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Cursor, decodeWire, encodeWire, SyncType, type WireMessage } from '../protocol/index.ts';
import { Delivery } from './delivery.ts';
import type { JournalRow } from './deviceStore.ts';
import { syncTypeOf } from './socket.ts';
import { ROOM } from './testing/world.ts';

function row(rowId: string, bytes = 10): JournalRow {
  const doc = new Y.Doc();
  doc.getMap('m').set(rowId, 'x'.repeat(bytes));
  return { rowId, room: ROOM, update: Y.encodeStateAsUpdate(doc), at: 0, edits: 1, recordedSeq: null };
}

const STEP2 = Uint8Array.of(0, SyncType.step2, 2, 0, 0);

function deliveryOf(rows: readonly JournalRow[], options: { mayWrite?: boolean; cursor?: Cursor } = {}) {
  const sent: Uint8Array[] = [];
  const recorded: { rowIds: readonly string[]; everything: boolean }[] = [];
  const said: string[] = [];
  const waits: (() => void)[] = [];
  const delivery = new Delivery({
    id: 1,
    send: (frame) => sent.push(frame),
    source: { unsentRows: async () => rows },
    mayWrite: options.mayWrite ?? true,
    cursor: options.cursor ?? null,
    timers: {
      after: (_delayMs, run) => {
        waits.push(run);
        return () => waits.splice(waits.indexOf(run), 1);
      },
    },
    report: {
      greeted: () => said.push('greeted'),
      stock: () => said.push('stock'),
      synced: () => said.push('synced'),
      at: ({ epoch, seq }) => said.push(`at ${epoch} ${seq}`),
      recorded: (rowIds, _seq, { everything }) => recorded.push({ rowIds, everything }),
    },
  });
  const ours = () =>
    sent.map((frame) => decodeWire(frame)).filter((message): message is WireMessage => message !== null);
  const kinds = () => sent.map((frame) => decodeWire(frame)?.type ?? `sync ${syncTypeOf(frame)}`);
  const answer = (n: number) => delivery.received(encodeWire({ type: 'recorded', n, seq: 9 }));
  const becomesImpatient = () => {
    for (const run of waits.splice(0)) run();
  };
  return { delivery, sent, recorded, said, ours, kinds, answer, becomesImpatient };
}

test('[P14] hello is the first frame, rows follow, then the first mark', async () => {
  const { delivery, kinds } = deliveryOf([row('a'), row('b')]);
  expect(kinds()).toEqual(['hello']);
  await delivery.start();
  expect(kinds()).toEqual(['hello', 'sync 2', 'mark']);
});

test('[P14] rows are pushed in frames of at most 256 KiB; a larger row goes alone', async () => {
  const rows = [row('a', 100_000), row('b', 100_000), row('c', 100_000), row('huge', 400_000), row('d', 10)];
  const { delivery, sent, kinds } = deliveryOf(rows);
  await delivery.start();
  expect(kinds()).toEqual(['hello', 'sync 2', 'sync 2', 'sync 2', 'sync 2', 'mark']);
  expect(sent.filter((frame) => frame.length > 256 * 1024 + 16)).toHaveLength(1);
});

test('[P5] a recorded answer covers the rows pushed before its mark, and no other', async () => {
  const { delivery, recorded, answer } = deliveryOf([row('a')]);
  await delivery.start();
  delivery.take(row('b'), { wentOut: true });
  delivery.take(row('c'), { wentOut: false });
  answer(1);
  expect(recorded.map(({ rowIds }) => rowIds)).toEqual([['a']]);
  answer(3);
  expect(recorded.map(({ rowIds }) => rowIds)).toEqual([['a'], ['b', 'c']]);
});

test('[P5] a row that becomes durable while the journal is being read is pushed before a mark speaks for it', async () => {
  const { delivery, kinds, recorded, answer } = deliveryOf([]);
  const started = delivery.start();
  delivery.take(row('late'), { wentOut: false });
  delivery.take(row('gone out'), { wentOut: true });
  await started;
  expect(kinds()).toEqual(['hello', 'sync 2', 'mark']);
  answer(1);
  expect(recorded.map(({ rowIds }) => [...rowIds].sort())).toEqual([['gone out', 'late']]);
});

test('[P5] answers out of order, repeated, or to marks never made say nothing more', async () => {
  const { delivery, recorded, answer } = deliveryOf([row('a')]);
  await delivery.start();
  delivery.take(row('b'), { wentOut: true });
  answer(7);
  expect(recorded).toEqual([]);
  answer(2);
  expect(recorded.map(({ rowIds }) => rowIds)).toEqual([['a', 'b']]);
  answer(1);
  answer(2);
  expect(recorded).toHaveLength(1);
});

test('[P5] a row that became durable while the journal was being read is not forgotten', async () => {
  const { delivery, recorded, answer } = deliveryOf([]);
  const started = delivery.start();
  delivery.take(row('late'), { wentOut: false });
  await started;
  answer(1);
  expect(recorded.map(({ rowIds }) => rowIds)).toEqual([['late']]);
});

test('[P16] everything is recorded only by a mark made after this side has answered the server’s step 1', async () => {
  const { delivery, recorded, answer } = deliveryOf([row('a')]);
  await delivery.start();
  answer(1);
  expect(recorded.at(-1)?.everything).toBe(false);
  delivery.goesOut(STEP2);
  await Promise.resolve();
  answer(2);
  expect(recorded.at(-1)?.everything).toBe(true);
});

test('[P16] a server that answers the exchange without a word of ours is a stock one', () => {
  const { delivery, said } = deliveryOf([]);
  expect(delivery.received(STEP2)).toBe(true);
  expect(said).toEqual(['stock', 'synced']);
  const ours = deliveryOf([]);
  expect(ours.delivery.received(encodeWire({ type: 'reset', epoch: 'e', seq: 0 }))).toBe(false);
  ours.delivery.received(STEP2);
  expect(ours.said).toEqual(['greeted', 'synced']);
});

test('[P17] who may only read pushes no row', async () => {
  const { delivery, kinds } = deliveryOf([row('a')], { mayWrite: false });
  await delivery.start();
  delivery.take(row('b'), { wentOut: false });
  expect(kinds()).toEqual(['hello']);
  delivery.received(STEP2);
  expect(kinds()).toEqual(['hello', 'mark']);
});

const CURSOR: Cursor = { epoch: 'e', seq: 7 };
const STEP1 = Uint8Array.of(0, SyncType.step1, 1, 0);
const at = (seq: number) => encodeWire({ type: 'at', epoch: 'e', seq });
const reset = encodeWire({ type: 'reset', epoch: 'e', seq: 9 });

test('[P41] with a cursor, the provider’s question is held back, and never asked of a server that resumes', async () => {
  const { delivery, kinds, said, ours, recorded, answer } = deliveryOf([row('a')], { cursor: CURSOR });
  expect(ours()[0]).toMatchObject({ type: 'hello', ...CURSOR });
  expect(delivery.goesOut(STEP1)).toBe(false);
  await delivery.start();
  delivery.received(STEP2);
  delivery.received(at(9));
  expect(kinds()).toEqual(['hello', 'sync 2', 'mark', 'mark']);
  expect(said).toEqual(['greeted', 'synced', 'at e 9']);
  answer(2);
  expect(recorded).toEqual([{ rowIds: ['a'], everything: true }]);
});

test('[P41] after reset, after a stock server’s own question, or after a while, the question is asked', () => {
  const answers: ((asked: ReturnType<typeof deliveryOf>) => void)[] = [
    ({ delivery }) => delivery.received(reset),
    ({ delivery }) => delivery.received(STEP1),
    ({ becomesImpatient }) => becomesImpatient(),
  ];
  for (const answerIt of answers) {
    const asked = deliveryOf([], { cursor: CURSOR });
    asked.delivery.goesOut(STEP1);
    expect(asked.kinds()).toEqual(['hello']);
    answerIt(asked);
    expect(asked.kinds()).toEqual(['hello', 'sync 0']);
    asked.becomesImpatient();
    asked.delivery.received(reset);
    expect(asked.kinds()).toEqual(['hello', 'sync 0']);
  }
});

test('[P41] a server that resumes later than it was waited for is believed, and everything marked', async () => {
  const { delivery, kinds, said, recorded, answer, becomesImpatient } = deliveryOf([row('a')], { cursor: CURSOR });
  delivery.goesOut(STEP1);
  await delivery.start();
  becomesImpatient();
  delivery.received(STEP2);
  delivery.received(at(9));
  expect(kinds()).toEqual(['hello', 'sync 2', 'mark', 'sync 0', 'mark']);
  expect(said.at(-1)).toBe('at e 9');
  answer(2);
  expect(recorded).toEqual([{ rowIds: ['a'], everything: true }]);
});

test('[P41] without a cursor nothing is held back; where the exchange is not over, `at` says nothing', () => {
  const { delivery, said } = deliveryOf([]);
  expect(delivery.goesOut(STEP1)).toBe(true);
  delivery.received(at(3));
  expect(said).toEqual(['greeted']);
  delivery.received(STEP2);
  delivery.received(at(4));
  expect(said).toEqual(['greeted', 'synced', 'at e 4']);
});
