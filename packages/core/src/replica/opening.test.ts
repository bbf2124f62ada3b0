import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ROOM, testWorld, valueIn } from './testing/world.ts';

test('[P3] the journal is read also of what the server has recorded: the cache may have lost it, and the server be away', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const doc = new Y.Doc();
  doc.getMap('m').set('k', 'v');
  const row = { rowId: 'a', room: ROOM, update: Y.encodeStateAsUpdate(doc), at: 1, edits: 1, recordedSeq: 4 };
  world.profile.disk.rows.set('a', row);
  const open = world.page().replica.open(ROOM);
  await open.loaded;
  expect(valueIn(open, 'k')).toBe('v');
  expect(open.sync.getSnapshot().unsent).toBe(0);
});
