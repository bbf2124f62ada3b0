import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { RoomName } from '../protocol/index.ts';
import { seededRandomness } from '../testing/index.ts';
import type { JournalRow } from './deviceStore.ts';
import { BATCH_MS, JournalWriter } from './journalWriter.ts';
import { createMemoryDisk, createMemoryStore } from './memoryStore.ts';
import { OTHER_ROOM, ROOM } from './testing/world.ts';

function setUp() {
  const disk = createMemoryDisk();
  const timers: { delayMs: number; run: () => void }[] = [];
  const writer = new JournalWriter(createMemoryStore(disk), {
    clock: { now: () => 5 },
    random: seededRandomness(1),
    timers: {
      after: (delayMs, run) => {
        const timer = { delayMs, run };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    },
  });
  const saved: { row: JournalRow; connections: readonly (number | null)[] }[] = [];
  const enter = (room: RoomName) => {
    const doc = new Y.Doc();
    const seat = writer.enter(room, {
      fullState: () => Y.encodeStateAsUpdate(doc),
      generation: () => null,
      saved: (row, connections) => saved.push({ row, connections }),
      changed: () => {},
    });
    doc.on('update', (update: Uint8Array) => seat.add(update, null));
    return { seat, edit: (key: string) => doc.getMap('m').set(key, 'v') };
  };
  const rowsHold = (room: RoomName) => {
    const doc = new Y.Doc();
    for (const row of disk.rows.values()) if (row.room === room) Y.applyUpdate(doc, row.update);
    return [...doc.getMap('m').keys()].sort();
  };
  const [one, other] = [enter(ROOM), enter(OTHER_ROOM)];
  const seats = { seat: one.seat, otherSeat: other.seat, edit: one.edit, editOther: other.edit };
  return { disk, timers, writer, saved, enter, rowsHold, ...seats };
}

test('[P2] edits of all rooms are written together, within 50 ms, and counted', async () => {
  const { timers, edit, editOther, saved, writer, disk } = setUp();
  let commits = 0;
  disk.beforeCommit = async () => {
    commits += 1;
  };
  edit('a');
  edit('b');
  editOther('c');
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([BATCH_MS]);
  expect(BATCH_MS).toBeLessThanOrEqual(50);
  await writer.flush();
  expect(commits).toBe(1);
  expect(saved.map(({ row }) => [row.room, row.edits])).toEqual([
    [ROOM, 2],
    [OTHER_ROOM, 1],
  ]);
});

test('[P2] saved() resolves only once the commit is over', async () => {
  const { seat, edit, disk } = setUp();
  let commit = () => {};
  disk.beforeCommit = () => new Promise((resolve) => (commit = resolve));
  edit('a');
  let isSaved = false;
  const saving = seat.saved().then(() => {
    isSaved = true;
  });
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  expect([isSaved, seat.pendingEdits]).toEqual([false, 1]);
  commit();
  await saving;
  expect(seat.pendingEdits).toBe(0);
});

test('[P10] after a refused write, nothing is written before the whole document is', async () => {
  const { seat, edit, disk, rowsHold, timers } = setUp();
  edit('before');
  await seat.saved();
  disk.beforeCommit = async () => {
    throw new Error('QuotaExceededError');
  };
  edit('lost?');
  await expect(seat.saved()).rejects.toMatchObject({ name: 'Refusal', code: 'no-space' });
  expect([seat.isFailing, rowsHold(ROOM)]).toEqual([true, ['before']]);
  edit('later');
  disk.beforeCommit = async () => {};
  // The batch's own timer leaves a failing document alone; the retry takes the whole of it.
  const retry = timers.find(({ delayMs }) => delayMs >= 1_000);
  retry?.run();
  await seat.saved();
  expect([seat.isFailing, rowsHold(ROOM)]).toEqual([false, ['before', 'later', 'lost?']]);
  const last = [...disk.rows.values()].at(-1);
  const whole = new Y.Doc();
  Y.applyUpdate(whole, last?.update ?? new Uint8Array());
  expect([...whole.getMap('m').keys()]).toHaveLength(3);
  expect(last?.edits).toBe(2);
});

test('[P10] a document that does not fit keeps no other out', async () => {
  const { seat, otherSeat, edit, editOther, writer, disk, rowsHold } = setUp();
  let refused = 1;
  disk.beforeCommit = async () => {
    refused -= 1;
    if (refused >= 0) throw new Error('QuotaExceededError');
  };
  edit('big');
  editOther('small');
  await expect(otherSeat.saved()).rejects.toThrow('no-space');
  // Now each is tried alone: the first does not fit, the second does.
  refused = 1;
  await writer.flush();
  expect([rowsHold(ROOM), rowsHold(OTHER_ROOM)]).toEqual([[], ['small']]);
  expect([seat.isFailing, otherSeat.isFailing]).toEqual([true, false]);
});

test('[P2] a document that is opened again while it is being closed keeps what each of the two had to write', async () => {
  const { seat, edit, enter, rowsHold } = setUp();
  edit('before');
  const again = enter(ROOM);
  again.edit('after');
  await seat.saved();
  seat.leave();
  again.edit('later');
  await again.seat.saved();
  expect(rowsHold(ROOM)).toEqual(['after', 'before', 'later']);
});
