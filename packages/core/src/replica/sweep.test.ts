import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { seededRandomness } from '../testing/index.ts';
import type { JournalRow } from './deviceStore.ts';
import { createMemoryDisk, createMemoryStore } from './memoryStore.ts';
import { fold, sweep } from './sweep.ts';
import { ROOM } from './testing/world.ts';

/** A document's updates, one an edit, the last one a deletion. */
function updatesOf(edits: number): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let n = 0; n < edits; n++) doc.getMap('m').set(`k${n}`, n);
  doc.getMap('m').delete('k0');
  return updates;
}

async function deviceWith(updates: readonly Uint8Array[], options: { recorded: boolean }) {
  const disk = createMemoryDisk();
  const store = createMemoryStore(disk);
  const rows = updates.map((update, n): JournalRow => {
    return { rowId: `row-${n}`, room: ROOM, update, at: 0, edits: 1, recordedSeq: options.recorded ? n : null };
  });
  await store.appendRows(rows);
  return { disk, store };
}

const keysOf = (updates: readonly Uint8Array[]): unknown => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getMap('m').toJSON();
};

test('[P6] rows that the server recorded and the cache holds leave', async () => {
  const updates = updatesOf(3);
  const { disk, store } = await deviceWith(updates, { recorded: true });
  disk.cache.set(ROOM, [...updates]);
  expect(await sweep(store, ROOM)).toBe(0);
  expect(disk.rows.size).toBe(0);
});

test('[P6] rows that the server has not recorded stay, whatever the cache holds', async () => {
  const updates = updatesOf(3);
  const { disk, store } = await deviceWith(updates, { recorded: false });
  disk.cache.set(ROOM, [...updates]);
  await sweep(store, ROOM);
  expect(disk.rows.size).toBe(4);
});

test.each([0, 1, 2, 3])(
  '[P6] with row %i of the cache lost, the row of the journal stays, and is repaired',
  async (lost) => {
    const updates = updatesOf(3);
    const { disk, store } = await deviceWith(updates, { recorded: true });
    const cache = updates.filter((_, n) => n !== lost);
    disk.cache.set(ROOM, cache);
    await sweep(store, ROOM, (update) => cache.push(update));
    expect([...disk.rows.keys()]).toContain(`row-${lost}`);
    expect(
      keysOf([...disk.rows.values()].map(({ update }) => update).concat(updates.filter((_, n) => n !== lost))),
    ).toEqual(keysOf(updates));
    expect(await sweep(store, ROOM)).toBe(0);
  },
);

test('[P6] a row whose ground neither cache nor journal holds stays: it waits for what only the server has', async () => {
  const [, second = new Uint8Array()] = updatesOf(3);
  const { disk, store } = await deviceWith([second], { recorded: true });
  await sweep(store, ROOM);
  expect(disk.rows.size).toBe(1);
});

test('[P6] cache and journal together always hold what the journal held, whatever the cache lost', async () => {
  const lossy = fc.record({
    edits: fc.integer({ min: 1, max: 12 }),
    kept: fc.array(fc.boolean(), { minLength: 13, maxLength: 13 }),
  });
  await fc.assert(
    fc.asyncProperty(lossy, async ({ edits, kept }) => {
      const updates = updatesOf(edits);
      const { disk, store } = await deviceWith(updates, { recorded: true });
      const cache = updates.filter((_, n) => kept[n]);
      disk.cache.set(ROOM, cache);
      await sweep(store, ROOM);
      expect(keysOf([...cache, ...[...disk.rows.values()].map(({ update }) => update)])).toEqual(keysOf(updates));
    }),
  );
});

test('[P6] a cache that cannot be read whole holds nothing for sure', async () => {
  const updates = updatesOf(2);
  const { disk, store } = await deviceWith(updates, { recorded: true });
  disk.cache.set(ROOM, [...updates, Uint8Array.of(7, 7, 7)]);
  await sweep(store, ROOM);
  expect(disk.rows.size).toBe(3);
});

test('[P7] many rows become one that holds the whole document and counts their edits', async () => {
  const updates = updatesOf(150);
  const { disk, store } = await deviceWith(updates, { recorded: false });
  const folded = await fold(store, ROOM, { clock: { now: () => 1 }, random: seededRandomness(1) });
  expect(folded?.rowIds).toHaveLength(151);
  expect([...disk.rows.values()].map(({ edits }) => edits)).toEqual([151]);
  expect(keysOf([...disk.rows.values()].map(({ update }) => update))).toEqual(keysOf(updates));
});

test('[P7] few rows are left as they are', async () => {
  const { disk, store } = await deviceWith(updatesOf(5), { recorded: false });
  expect(await fold(store, ROOM, { clock: { now: () => 1 }, random: seededRandomness(1) })).toBeNull();
  expect(disk.rows.size).toBe(6);
});
