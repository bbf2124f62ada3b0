import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readHeldDocument } from './heldDocument.ts';
import { createMemoryDisk, createMemoryStore } from './memoryStore.ts';
import { ROOM } from './testing/world.ts';

function updateOf(key: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('m').set(key, true);
  return Y.encodeStateAsUpdate(doc);
}

test('[X15] what is held of a document is its cache and its rows; what is torn is left out', async () => {
  const disk = createMemoryDisk();
  disk.cache.set(ROOM, [Uint8Array.of(7, 7, 7), updateOf('cached')]);
  const row = { room: ROOM, at: 1, edits: 1, recordedSeq: null };
  disk.rows.set('a', { ...row, rowId: 'a', update: updateOf('journaled') });
  disk.rows.set('b', { ...row, rowId: 'b', update: Uint8Array.of(9) });
  const store = createMemoryStore(disk);
  const keys = async (isCached: boolean) =>
    [...(await readHeldDocument(store, { room: ROOM, isCached })).getMap('m').keys()].sort();
  expect(await keys(true)).toEqual(['cached', 'journaled']);
  expect(await keys(false)).toEqual(['journaled']);
});
