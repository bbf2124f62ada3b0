import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeBatchAnswer, encodeBatchAnswer, type RoomName } from '../protocol/index.ts';
import type { FakeServer } from './testing/fakeServer.ts';
import {
  cardRoomOf,
  comesTrue,
  OTHER_ROOM,
  ROOM,
  setKey,
  type TestWorld,
  testWorld,
  valueIn,
} from './testing/world.ts';

/** Edits made without a network in documents that are closed again, by a page that is gone. */
async function writtenOffline(world: TestWorld, rooms: readonly RoomName[], edits = 1): Promise<void> {
  world.server.isUp = false;
  const page = world.page();
  for (const room of rooms) {
    const open = page.replica.open(room);
    await open.loaded;
    for (let n = 0; n < edits; n++) {
      open.run(setKey, { key: `k${n}`, value: 'v' });
      await open.saved();
    }
  }
  page.kill();
  world.server.isUp = true;
}

const keysOn = (server: FakeServer, room: RoomName) => [...server.room(room).doc.getMap('m').keys()].sort();

const cached = (world: TestWorld, room: RoomName) => {
  const doc = new Y.Doc();
  for (const update of world.profile.disk.cache.get(room) ?? []) Y.applyUpdate(doc, update);
  return doc.getMap('m').toJSON();
};

test('[P23] rows of rooms that nobody has open go by batch, without a socket, and are recorded', async () => {
  const world = testWorld();
  await writtenOffline(world, [ROOM, OTHER_ROOM], 3);
  const dials = world.server.dials.length;
  const { replica } = world.page();
  await replica.drain();
  for (const room of [ROOM, OTHER_ROOM]) expect(keysOn(world.server, room)).toEqual(['k0', 'k1', 'k2']);
  expect(world.server.dials.length).toBe(dials);
  expect(world.server.batches).toHaveLength(1);
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
  // Recorded and held by the cache: the journal lets go of them (P6).
  expect(world.profile.disk.rows.size).toBe(0);
  expect(cached(world, ROOM)).toEqual({ k0: 'v', k1: 'v', k2: 'v' });
});

test('[P23] rows count as recorded once the answer says so, not when they are sent', async () => {
  const world = testWorld();
  await writtenOffline(world, [ROOM]);
  world.server.holdsBack = true;
  const { replica } = world.page();
  const draining = replica.drain();
  await comesTrue(() => world.server.batches.length === 1);
  expect([...world.profile.disk.rows.values()].map(({ recordedSeq }) => recordedSeq)).toEqual([null]);
  expect(replica.unsentRooms.getSnapshot()).toEqual([{ room: ROOM, edits: 1 }]);
  world.server.commit();
  await draining;
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
});

test('[P23] an answer that never comes leaves everything as it was, and the next drain sends it again', async () => {
  const world = testWorld();
  await writtenOffline(world, [ROOM]);
  const { server } = world;
  const cut = world.page({
    server: {
      socketUrl: server.socketUrl,
      ticket: async () => 'retry',
      putBlob: async () => 'retry',
      getBlob: async () => 'retry',
      feed: async () => 'retry',
      // It arrived, was recorded, and the line was cut.
      batch: async (asked) => {
        await server.batch(asked);
        return 'retry';
      },
    },
  });
  await cut.replica.drain();
  expect(keysOn(server, ROOM)).toEqual(['k0']);
  expect(cut.replica.unsentRooms.getSnapshot()).toEqual([{ room: ROOM, edits: 1 }]);
  cut.kill();
  const { replica } = world.page();
  await replica.drain();
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
  expect(keysOn(server, ROOM)).toEqual(['k0']);
});

test('[P23] an answer that does not say so records nothing, and puts nothing of it in the cache', async () => {
  const world = testWorld();
  await writtenOffline(world, [ROOM]);
  const { server } = world;
  const evasive = {
    ...unreachable(world),
    batch: async (asked: Uint8Array) => {
      const answer = await server.batch(asked);
      const answers = answer instanceof Uint8Array ? (decodeBatchAnswer(answer) ?? []) : [];
      return encodeBatchAnswer(
        answers.map((one) => (one.refused === null ? { ...one, recorded: false, updates: [] } : one)),
      );
    },
  };
  world.profile.disk.cache.clear();
  const { replica } = world.page({ server: evasive });
  await replica.drain();
  expect([...world.profile.disk.rows.values()].map(({ recordedSeq }) => recordedSeq)).toEqual([null]);
  expect(world.profile.disk.cache.size).toBe(0);
});

test.each([
  [
    'a server that knows no batches',
    (server: FakeServer) => {
      server.isOlder = true;
    },
  ],
  [
    'an edit that leans on one that the server does not have',
    (server: FakeServer) => void server.room(ROOM).doc.getMap('other').set('k', 'v'),
  ],
])('[P23] %s: the rows go by socket', async (_what, make) => {
  const world = testWorld();
  await writtenOffline(world, [ROOM], 2);
  make(world.server);
  // The first row is on no disk of this server: what follows leans on it.
  const [first] = [...world.profile.disk.rows.values()];
  if (!world.server.isOlder && first !== undefined) {
    world.profile.disk.cache.set(ROOM, [first.update]);
    world.profile.disk.rows.delete(first.rowId);
  }
  const dials = world.server.dials.length;
  const { replica } = world.page();
  await replica.drain();
  expect(world.server.dials.length).toBeGreaterThan(dials);
  expect(keysOn(world.server, ROOM)).toEqual(['k0', 'k1']);
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
});

test('[P23] [P43] a refusal of one room is its own; one for good makes a draft of what waits there', async () => {
  const world = testWorld();
  await writtenOffline(world, [ROOM, OTHER_ROOM]);
  world.server.batchRefusals.set(OTHER_ROOM, 'unavailable');
  const { replica } = world.page();
  await replica.drain();
  expect(replica.unsentRooms.getSnapshot()).toEqual([{ room: OTHER_ROOM, edits: 1 }]);

  world.server.batchRefusals.clear();
  world.server.role = 'reader';
  world.server.room(OTHER_ROOM).doc.getMap('m').set('theirs', 'v');
  await replica.drain();
  await comesTrue(() => replica.drafts.getSnapshot().length === 1);
  expect(replica.drafts.getSnapshot()).toMatchObject([{ room: OTHER_ROOM, edits: 1, reason: 'read-only' }]);
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
  expect(keysOn(world.server, OTHER_ROOM)).toEqual(['theirs']);
});

test('[P23] many rooms, and many rows, go in several requests, each bounded', async () => {
  const world = testWorld();
  const rooms = Array.from({ length: 45 }, (_, n) => cardRoomOf(n));
  await writtenOffline(world, rooms);
  const { replica } = world.page();
  await replica.drain();
  expect(world.server.batches.map((asks) => asks.length)).toEqual([20, 20, 5]);
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
  for (const room of rooms) expect(keysOn(world.server, room)).toEqual(['k0']);
});

test('[P24] what was brought is not asked for again; a cache that is no longer what it was is compared whole', async () => {
  const world = testWorld();
  const { disk } = world.profile;
  const { replica } = world.page();
  const asked = async (n: number) => {
    world.server.room(ROOM).doc.getMap('m').set(`k${n}`, 'v');
    world.server.pages.set(n === 0 ? '' : `${n - 1}`, { entries: [world.server.entryOf(ROOM)], cursor: `${n}` });
    await replica.follow();
    return world.server.batches.at(-1)?.[0];
  };
  await asked(0);
  const { epoch } = world.server.room(ROOM);
  expect(await asked(1)).toMatchObject({ epoch, seq: 1, stateVector: new Uint8Array() });
  expect(cached(world, ROOM)).toEqual({ k0: 'v', k1: 'v' });
  // Rows of the cache are lost: the cursor would skip what they held.
  disk.cache.get(ROOM)?.splice(0);
  expect(await asked(2)).toMatchObject({ epoch: '', seq: 0 });
  expect(cached(world, ROOM)).toEqual({ k0: 'v', k1: 'v', k2: 'v' });
  expect(disk.cursors.get(ROOM)).toMatchObject({ epoch, seq: 3 });
});

test('[P24] the cursor is noted after what it speaks of is in the cache: a device that cannot store it notes nothing', async () => {
  const world = testWorld();
  world.server.room(ROOM).doc.getMap('m').set('theirs', 'v');
  await writtenOffline(world, [ROOM]);
  let writes = 0;
  const { disk } = world.profile;
  disk.beforeCommit = async () => {
    writes += 1;
    throw new Error('QuotaExceededError');
  };
  const page = world.page();
  await page.replica.drain();
  expect(writes).toBeGreaterThan(0);
  expect(disk.cursors.size).toBe(0);
  expect([...disk.rows.values()].map(({ recordedSeq }) => recordedSeq)).toEqual([null]);
  const early: unknown[] = [];
  const { set } = disk.cursors;
  disk.cursors.set = (room, cursor) => {
    if (cached(world, room).theirs !== 'v') early.push(cursor);
    return set.call(disk.cursors, room, cursor);
  };
  // Only the cache's own write fails.
  disk.beforeCommit = async () => {
    disk.beforeCommit = async () => {};
    throw new Error('QuotaExceededError');
  };
  await page.replica.drain();
  await page.replica.drain();
  expect(early).toEqual([]);
  expect(cached(world, ROOM)).toEqual({ theirs: 'v', k0: 'v' });
  expect(disk.cursors.size).toBe(1);
});

test('[P23] another page of the profile hears that its edits are recorded', async () => {
  const world = testWorld();
  await writtenOffline(world, [OTHER_ROOM]);
  const onlooker = world.page({ server: { ...unreachable(world), batch: async () => 'retry' } });
  await comesTrue(() => onlooker.replica.unsentRooms.getSnapshot().length === 1);
  await world.page().replica.drain();
  await comesTrue(() => onlooker.replica.unsentRooms.getSnapshot().length === 0);
});

test('[P23] a document that is opened after its drain shows what the batch brought', async () => {
  const world = testWorld();
  world.server.room(ROOM).doc.getMap('m').set('theirs', 'v');
  await writtenOffline(world, [ROOM]);
  const { replica } = world.page();
  await replica.drain();
  world.server.isUp = false;
  const open = replica.open(ROOM);
  await open.loaded;
  expect([valueIn(open, 'theirs'), valueIn(open, 'k0')]).toEqual(['v', 'v']);
});

const unreachable = ({ server }: TestWorld) => ({
  socketUrl: server.socketUrl,
  ticket: async () => 'retry' as const,
  putBlob: async () => 'retry' as const,
  getBlob: async () => 'retry' as const,
  feed: async () => 'retry' as const,
});
