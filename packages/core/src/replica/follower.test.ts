import { expect, test } from 'vitest';
import type { FeedEntry, RoomName } from '../protocol/index.ts';
import { documentOf } from './drafts.ts';
import { localNames } from './names.ts';
import { createReplica } from './replica.ts';
import {
  cardRoomOf,
  comesTrue,
  OTHER_ROOM,
  ROOM,
  SCOPE,
  setKey,
  type TestWorld,
  testWorld,
  valueIn,
} from './testing/world.ts';

const TEAM = ROOM.split('/')[0] as Extract<FeedEntry, { kind: 'revoked' }>['team'];

/** What colleagues wrote. */
const wrote = ({ server }: TestWorld, room: RoomName, key: string) => server.room(room).doc.getMap('m').set(key, 'v');

const tells = ({ server }: TestWorld, since: string, cursor: string, ...entries: FeedEntry[]) =>
  server.pages.set(since, { entries, cursor });

/** What a device that was cut off shows of a room. */
async function offline(world: TestWorld, room: RoomName, key: string): Promise<unknown> {
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(room);
  await open.loaded;
  const value = valueIn(open, key);
  page.kill();
  world.server.isUp = true;
  return value;
}

test('[P25] documents that were never opened here are ready without a network, and so is what changes in them', async () => {
  const world = testWorld();
  const rooms = Array.from({ length: 30 }, (_, n) => cardRoomOf(n));
  for (const room of rooms) wrote(world, room, 'first');
  tells(world, '', 'one', ...rooms.map((room) => world.server.entryOf(room)));
  const { replica } = world.page();
  await replica.follow();
  expect(replica.following.getSnapshot()).toMatchObject({ behind: 0, readyAt: expect.any(Number) });
  for (const room of rooms) expect(await offline(world, room, 'first')).toBe('v');

  const [changed] = rooms as [RoomName];
  wrote(world, changed, 'second');
  tells(world, 'one', 'two', world.server.entryOf(changed));
  world.server.batches.length = 0;
  await replica.follow();
  expect(world.server.batches.flat().map(({ room }) => room)).toEqual([changed]);
  expect(await offline(world, changed, 'second')).toBe('v');
  expect(world.server.dials).toEqual([]);
});

test('[P25] all pages are read, and the next reading begins where the last ended', async () => {
  const world = testWorld();
  wrote(world, ROOM, 'k');
  wrote(world, OTHER_ROOM, 'k');
  world.server.pages.set('', { entries: [world.server.entryOf(ROOM)], cursor: 'one', more: true });
  tells(world, 'one', 'two', world.server.entryOf(OTHER_ROOM));
  await world.page().replica.follow();
  await world.page().replica.follow();
  expect(world.server.feedAsked).toEqual([null, 'one', 'two']);
  expect(await offline(world, OTHER_ROOM, 'k')).toBe('v');
});

test('[P24] a device that dies between the feed and the rooms fetches them when it lives again', async () => {
  const world = testWorld();
  wrote(world, ROOM, 'k');
  tells(world, '', 'one', world.server.entryOf(ROOM));
  world.server.holdsBack = true;
  const dying = world.page();
  void dying.replica.follow();
  await comesTrue(() => world.server.batches.length === 1);
  dying.kill();
  world.server.holdsBack = false;
  const { replica } = world.page();
  await replica.follow();
  expect(world.server.feedAsked).toEqual([null, 'one']);
  expect(await offline(world, ROOM, 'k')).toBe('v');
});

test('[P24] a room that cannot be had now keeps neither the cursor nor the other rooms back', async () => {
  const world = testWorld();
  wrote(world, ROOM, 'k');
  wrote(world, OTHER_ROOM, 'k');
  tells(world, '', 'one', world.server.entryOf(ROOM), world.server.entryOf(OTHER_ROOM));
  world.server.batchRefusals.set(ROOM, 'unavailable');
  const { replica } = world.page();
  await replica.follow();
  expect(replica.following.getSnapshot()).toEqual({ behind: 1, readyAt: null });
  expect(await offline(world, OTHER_ROOM, 'k')).toBe('v');
  world.server.batchRefusals.clear();
  await replica.follow();
  expect(world.server.feedAsked).toEqual([null, 'one']);
  expect(replica.following.getSnapshot().behind).toBe(0);
  expect(await offline(world, ROOM, 'k')).toBe('v');
});

test('[P26] what was revoked or erased is gone from this device, and finding it empty later is no loss', async () => {
  const world = testWorld();
  for (const room of [ROOM, OTHER_ROOM, cardRoomOf(1)]) wrote(world, room, 'k');
  tells(world, '', 'one', ...[ROOM, OTHER_ROOM, cardRoomOf(1)].map((room) => world.server.entryOf(room)));
  const { replica } = world.page();
  await replica.follow();
  tells(
    world,
    'one',
    'two',
    { kind: 'revoked', team: null, room: OTHER_ROOM },
    { kind: 'erased', room: cardRoomOf(1) },
  );
  await replica.follow();
  expect([...world.profile.disk.cache.keys()]).toEqual([ROOM]);
  expect(world.profile.held.has(localNames(SCOPE).sentinel(OTHER_ROOM, 0))).toBe(false);
  world.server.isUp = false;
  const open = replica.open(OTHER_ROOM);
  await open.loaded;
  expect(open.sync.getSnapshot().trouble).toBeNull();
});

test('[P26] [P43] what waits in a room that was revoked is a draft before the room goes', async () => {
  const world = testWorld();
  wrote(world, ROOM, 'k');
  tells(world, '', 'one', world.server.entryOf(ROOM));
  const page = world.page();
  await page.replica.follow();
  world.server.isUp = false;
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'mine', value: 'v' });
  await open.saved();
  page.kill();
  world.server.isUp = true;
  world.server.ticketRefusal = 'forbidden';
  tells(world, 'one', 'two', { kind: 'revoked', team: null, room: ROOM });
  const { replica } = world.page();
  // Its own drain may have the room's lock at first.
  await comesTrue(async () => {
    await replica.follow();
    const { leaving, drafts } = world.profile.disk;
    return world.server.feedAsked.at(-1) === 'two' && leaving.size === 0 && drafts.size === 1;
  });
  expect(replica.unsentRooms.getSnapshot()).toEqual([]);
  const [draft] = replica.drafts.getSnapshot();
  expect(draft && documentOf(draft).getMap('m').toJSON()).toEqual({ k: 'v', mine: 'v' });
  expect(world.profile.disk.rows.size).toBe(0);
});

test('[P26] a room that someone has open is let go of after it is closed; one that is granted again is not', async () => {
  const world = testWorld();
  for (const room of [ROOM, OTHER_ROOM]) wrote(world, room, 'k');
  const both = [ROOM, OTHER_ROOM].map((room) => world.server.entryOf(room));
  tells(world, '', 'one', ...both);
  const { replica } = world.page();
  await replica.follow();
  // As it is once the right is gone: on screen, without a socket.
  world.server.ticketRefusal = 'forbidden';
  const opened = [ROOM, OTHER_ROOM].map((room) => replica.open(room));
  await comesTrue(() => opened.every((open) => open.sync.getSnapshot().trouble?.code === 'forbidden'));
  tells(world, 'one', 'two', { kind: 'revoked', team: TEAM, room: null });
  await replica.follow();
  expect(world.profile.disk.cache.size).toBe(2);
  tells(world, 'two', 'three', { kind: 'grant', team: null, room: OTHER_ROOM, role: 'reader', apart: true });
  for (const open of opened) open.close();
  await comesTrue(async () => {
    await replica.follow();
    return world.profile.disk.cache.size === 1;
  });
  expect([...world.profile.disk.cache.keys()]).toEqual([OTHER_ROOM]);
});

test('[P26] a team that is taken away goes with what was still to be fetched of it, and comes back with it', async () => {
  const world = testWorld();
  wrote(world, ROOM, 'k');
  wrote(world, OTHER_ROOM, 'k');
  tells(world, '', 'one', world.server.entryOf(ROOM), world.server.entryOf(OTHER_ROOM));
  world.server.batchRefusals.set(OTHER_ROOM, 'unavailable');
  const { replica } = world.page();
  await replica.follow();
  tells(world, 'one', 'two', { kind: 'revoked', team: TEAM, room: null });
  await replica.follow();
  const { disk } = world.profile;
  expect([disk.cache.size, disk.behind.size, disk.leaving.size]).toEqual([0, 0, 0]);
  world.server.batchRefusals.clear();
  const grant: FeedEntry = { kind: 'grant', team: TEAM, room: null, role: 'editor', apart: false };
  tells(world, 'two', 'three', grant, world.server.entryOf(ROOM), world.server.entryOf(OTHER_ROOM));
  await replica.follow();
  expect(await offline(world, OTHER_ROOM, 'k')).toBe('v');
});

test('[P27] a page follows by itself from its start, when it wakes, and now and then', async () => {
  const world = testWorld();
  wrote(world, ROOM, 'k');
  tells(world, '', 'one', world.server.entryOf(ROOM));
  const context = world.profile.context();
  const options = { scope: SCOPE, server: world.server, store: context.store, ports: context.ports };
  createReplica({ ...options, person: { name: 'Ada' }, roleOf: () => 'editor', follows: true });
  await comesTrue(() => world.profile.disk.cache.has(ROOM));
  const asked = world.server.feedAsked.length;
  context.wake();
  await comesTrue(() => world.server.feedAsked.length > asked);
  await comesTrue(() => world.server.feedAsked.length > asked + 2);
  context.kill();
});

test('[P27] one page of a profile reads the feed; a server that has none is not asked again', async () => {
  const world = testWorld();
  const release = await world.profile.context().ports.locks.tryExclusive(localNames(SCOPE).feedLock);
  const { replica } = world.page();
  await replica.follow();
  expect(world.server.feedAsked).toEqual([]);
  release?.();
  world.server.isOlder = true;
  await replica.follow();
  world.server.isOlder = false;
  await replica.follow();
  expect(world.server.feedAsked).toEqual([]);
});

test('[P25] a right of a room’s own is known without a network, also while the team’s is another', async () => {
  const world = testWorld();
  wrote(world, OTHER_ROOM, 'k');
  tells(
    world,
    '',
    'one',
    { kind: 'grant', team: null, room: OTHER_ROOM, role: 'editor', apart: true },
    world.server.entryOf(OTHER_ROOM),
  );
  const [first, beside] = [world.page({ role: 'reader' }), world.page({ role: 'reader' })];
  await first.replica.follow();
  const told = [{ room: OTHER_ROOM, role: 'editor' }];
  expect(first.replica.apart.getSnapshot()).toEqual(told);
  // Another page of the profile, which read nothing of it itself.
  await comesTrue(() => JSON.stringify(beside.replica.apart.getSnapshot()) === JSON.stringify(told));
  for (const page of [first, beside]) page.kill();
  world.server.isUp = false;
  const { replica } = world.page({ role: 'reader' });
  await comesTrue(() => replica.apart.getSnapshot().length === 1);
  const [apart, board] = [replica.open(OTHER_ROOM), replica.open(ROOM)];
  await Promise.all([apart.loaded, board.loaded]);
  apart.run(setKey, { key: 'mine', value: 'v' });
  expect(() => board.run(setKey, { key: 'mine', value: 'v' })).toThrow('read-only');
  world.server.isUp = true;
  tells(world, 'one', 'two', { kind: 'revoked', team: TEAM, room: null });
  await replica.follow();
  expect(replica.apart.getSnapshot()).toEqual([]);
});
