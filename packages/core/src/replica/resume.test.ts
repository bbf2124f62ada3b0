import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeWire, SyncType } from '../protocol/index.ts';
import { digestOf } from './digest.ts';
import { syncTypeOf } from './socket.ts';
import { comesTrue, ROOM, setKey, type TestWorld, testWorld, valueIn } from './testing/world.ts';

/** What the server received since some frame, in words. */
const kindsSince = (world: TestWorld, from: number): string[] =>
  world.server.received.slice(from).map(({ frame }) => decodeWire(frame)?.type ?? `sync ${syncTypeOf(frame)}`);
const asksForAll = (kinds: readonly string[]) => kinds.includes(`sync ${SyncType.step1}`);

/** A page that wrote, had it recorded, and let its journal empty; the disk has its cursor. */
async function settledWorld() {
  const world = testWorld();
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'a', value: 'one' });
  const { disk } = world.profile;
  await comesTrue(() => disk.cursors.has(ROOM) && disk.rows.size === 0);
  return { world, page, open, disk };
}

test('[P41] a connection that was cut resumes: the whole document is not asked for, and what was missed comes', async () => {
  const { world, open } = await settledWorld();
  const colleague = world.page({ profile: world.profileOf() }).replica.open(ROOM);
  await comesTrue(() => valueIn(colleague, 'a') === 'one');
  world.server.isUp = false;
  world.server.cut();
  await comesTrue(() => open.sync.getSnapshot().connection === 'offline');
  open.run(setKey, { key: 'mine', value: 'offline' });
  colleague.run(setKey, { key: 'theirs', value: 'offline' });
  await Promise.all([open.saved(), colleague.saved()]);
  const from = world.server.received.length;
  world.server.isUp = true;
  await comesTrue(() => valueIn(open, 'theirs') === 'offline' && valueIn(colleague, 'mine') === 'offline');
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null && open.sync.getSnapshot().unsent === 0);
  expect(asksForAll(kindsSince(world, from))).toBe(false);
});

test('[P41] [P42] a page that opens what was settled resumes from its disk', async () => {
  const { world, page } = await settledWorld();
  await page.replica.close();
  world.server.room(ROOM).doc.getMap('m').set('b', 'meanwhile');
  const from = world.server.received.length;
  const again = world.page().replica.open(ROOM);
  await comesTrue(() => again.sync.getSnapshot().recordedAt !== null);
  expect(valueIn(again, 'a')).toBe('one');
  const kinds = kindsSince(world, from);
  expect(kinds[0]).toBe('hello');
  expect(asksForAll(kinds)).toBe(false);
});

test('[P41] [P47] a cache that has one more row is not resumed from, and one that lost them all is fetched anew', async () => {
  for (const [spoil, asks] of [
    [(updates: Uint8Array[]) => updates.splice(0), false],
    [
      (updates: Uint8Array[]) => {
        const doc = new Y.Doc();
        doc.getMap('m').set('z', 'of another');
        updates.push(Y.encodeStateAsUpdate(doc));
      },
      true,
    ],
  ] as const) {
    const { world, page, disk } = await settledWorld();
    await page.replica.close();
    spoil(disk.cache.get(ROOM) ?? []);
    const from = world.server.received.length;
    const again = world.page().replica.open(ROOM);
    await comesTrue(() => valueIn(again, 'a') === 'one' && kindsSince(world, from).includes('mark'));
    expect(asksForAll(kindsSince(world, from))).toBe(asks);
  }
});

test('[P41] after a restore the states are exchanged, and what this device has comes back', async () => {
  const { world, open } = await settledWorld();
  world.server.forget(ROOM);
  world.server.cut();
  await comesTrue(() => world.server.room(ROOM).doc.getMap('m').get('a') === 'one');
  expect(open.sync.getSnapshot().trouble).toBeNull();
});

test('[P42] no cursor is noted while something waits for the server', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  const { disk } = world.profile;
  const before = disk.cursors.get(ROOM)?.seq;
  world.server.holdsBack = true;
  open.run(setKey, { key: 'a', value: 'one' });
  await open.saved();
  await comesTrue(() => disk.rows.size === 1);
  // Past the time after which a quiet journal is tidied.
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(disk.cursors.get(ROOM)?.seq).toBe(before);
  world.server.holdsBack = false;
  world.server.commit();
  await comesTrue(() => disk.cursors.get(ROOM)?.seq !== before);
});

test('a digest names what a document holds: not how it came, and nothing that waits for something else', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  const updates: Uint8Array[] = [];
  a.on('update', (update: Uint8Array) => updates.push(update));
  a.getText('t').insert(0, 'bonjour');
  a.getText('t').delete(2, 3);
  a.getMap('m').set('k', 1);
  for (const update of updates.toReversed()) Y.applyUpdate(b, update);
  expect(digestOf(b)).toBe(digestOf(a));
  const [, deletion = new Uint8Array()] = updates;
  const withoutDeletion = new Y.Doc();
  for (const update of updates) if (update !== deletion) Y.applyUpdate(withoutDeletion, update);
  expect(digestOf(withoutDeletion)).not.toBe(digestOf(a));
  const waiting = new Y.Doc();
  Y.applyUpdate(waiting, updates[2] ?? new Uint8Array());
  expect(digestOf(waiting)).toBeNull();
});

test('[P47] what this device has nothing of comes over HTTP, and the socket asks for no document', async () => {
  const world = testWorld();
  world.server.room(ROOM).doc.getMap('m').set('a', 'large');
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => valueIn(open, 'a') === 'large');
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  expect(world.server.batches).toHaveLength(1);
  expect(asksForAll(kindsSince(world, 0))).toBe(false);
  // What is written here, also before it came, goes out as ever.
  open.run(setKey, { key: 'b', value: 'mine' });
  await comesTrue(() => world.server.room(ROOM).doc.getMap('m').get('b') === 'mine');
});

test('[P47] where the server knows no batches, the document comes by the socket', async () => {
  const world = testWorld();
  world.server.isOlder = true;
  world.server.room(ROOM).doc.getMap('m').set('a', 'large');
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => valueIn(open, 'a') === 'large');
  expect(asksForAll(kindsSince(world, 0))).toBe(true);
});
