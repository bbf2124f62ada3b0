import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { messageTypeOf } from '../protocol/index.ts';
import { localNames } from './names.ts';
import { carriesChanges } from './socket.ts';
import { safetyOf } from './syncState.ts';
import { cardRoomOf, comesTrue, LOCAL, OTHER_ROOM, ROOM, SCOPE, setKey, testWorld, valueIn } from './testing/world.ts';
import type { ServerPort } from './types.ts';

/** The server, for a page whose socket never comes to be. */
const unreachable = (server: ServerPort): ServerPort => ({
  socketUrl: server.socketUrl,
  ticket: async () => 'retry',
  putBlob: async () => 'retry',
  getBlob: async () => 'retry',
  batch: async () => 'retry',
  feed: async () => 'retry',
});

test('[P11] the edits of a page whose socket is dead reach the server through another page, and both know it', async () => {
  const world = testWorld();
  const dead = world.page({ server: unreachable(world.server) }).replica.open(ROOM);
  const live = world.page().replica.open(ROOM);
  await Promise.all([dead.loaded, live.loaded]);
  await comesTrue(() => live.sync.getSnapshot().connection === 'online');
  dead.run(setKey, { key: 'k', value: 'from the dead one' });
  await comesTrue(() => valueIn(live, 'k') === 'from the dead one');
  await comesTrue(() => world.server.room(ROOM).doc.getMap('m').has('k'));
  await comesTrue(() => dead.sync.getSnapshot().unsent === 0 && live.sync.getSnapshot().unsent === 0);
  expect(safetyOf(dead.sync.getSnapshot())).toBe('on-device');
});

test('[P11] edits made in the other page before this one had a socket go with its first', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const dead = world.page({ server: unreachable(world.server) }).replica.open(ROOM);
  const live = world.page().replica.open(ROOM);
  await Promise.all([dead.loaded, live.loaded]);
  dead.run(setKey, { key: 'k', value: 'v' });
  await dead.saved();
  world.server.isUp = true;
  await comesTrue(() => dead.sync.getSnapshot().unsent === 0);
  expect(world.server.room(ROOM).doc.getMap('m').get('k')).toBe('v');
});

test('[P11] a row of another page goes out whole, once, and is not journaled again', async () => {
  const world = testWorld();
  const dead = world.page({ server: unreachable(world.server) }).replica.open(ROOM);
  const live = world.page().replica.open(ROOM);
  await Promise.all([dead.loaded, live.loaded]);
  await comesTrue(() => live.sync.getSnapshot().recordedAt !== null);
  world.server.holdsBack = true;
  const before = world.server.received.length;
  dead.run(setKey, { key: 'k', value: 'v' });
  await comesTrue(() => world.server.received.length >= before + 2);
  await comesTrue(() => live.sync.getSnapshot().unsent === 1);
  const frames = world.server.received.slice(before).map(({ frame }) => frame);
  expect(frames.filter(carriesChanges)).toHaveLength(1);
  expect(world.profile.disk.rows.size).toBe(1);
});

test('[P11] pages without a server show each other’s edits once they are durable', async () => {
  const world = testWorld();
  let commit = () => {};
  const one = world.page({ scope: LOCAL }).replica.open(ROOM);
  const two = world.page({ scope: LOCAL }).replica.open(ROOM);
  await Promise.all([one.loaded, two.loaded]);
  world.profile.disk.beforeCommit = () => new Promise((resolve) => (commit = resolve));
  one.run(setKey, { key: 'k', value: 'v' });
  const saved = one.saved();
  await comesTrue(() => one.sync.getSnapshot().saving);
  await Promise.resolve();
  expect(valueIn(two, 'k')).toBeUndefined();
  await comesTrue(() => {
    commit();
    return valueIn(two, 'k') === 'v';
  });
  await saved;
  expect(two.sync.getSnapshot().saving).toBe(false);
});

test('[P11] messages of another shape are not heard, and disturb nothing', async () => {
  const world = testWorld();
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  const stranger = world.profile.context().ports.channel(localNames(SCOPE).channel);
  stranger.post('hello');
  stranger.post({ kind: 'rows', room: 'not a room', rows: [] });
  stranger.post({ kind: 'rows', room: ROOM, rows: [{ rowId: 'x', edits: 1, update: 'not bytes' }] });
  stranger.post({ kind: 'recorded', room: ROOM, rowIds: [1, 2] });
  // The right shape around bytes that no Yjs reads: said, and nothing else.
  stranger.post({ kind: 'rows', room: ROOM, rows: [{ rowId: 'y', edits: 1, update: Uint8Array.of(7, 7, 7) }] });
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  expect(valueIn(open, 'k')).toBe('v');
  expect([...open.doc.getMap('m').keys()]).toEqual(['k']);
});

// Found by honesty.test.ts: a page that opened while another wrote down what was recorded counted it as unsent for ever.
test('[P11] a page that opens while rows are being recorded does not count them as unsent', async () => {
  const world = testWorld();
  const first = world.page().replica.open(ROOM);
  await first.loaded;
  await comesTrue(() => first.sync.getSnapshot().recordedAt !== null);
  world.server.holdsBack = true;
  first.run(setKey, { key: 'k', value: 'v' });
  await first.saved();
  let commit = () => {};
  world.profile.disk.beforeCommit = () => new Promise((resolve) => (commit = resolve));
  await comesTrue(() => {
    world.server.commit();
    return first.sync.getSnapshot().unsent === 0;
  });
  const second = world.page();
  await comesTrue(() => second.replica.sync.getSnapshot().unsent === 1);
  commit();
  await comesTrue(() => second.replica.sync.getSnapshot().unsent === 0);
});

test('[P13] draining sends the rows of dead contexts, of rooms that nobody has open', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const dead = world.page();
  for (const room of [ROOM, OTHER_ROOM]) {
    const open = dead.replica.open(room);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await open.saved();
  }
  dead.kill();
  world.server.isUp = true;
  const living = world.page();
  await living.replica.drain();
  for (const room of [ROOM, OTHER_ROOM]) expect(world.server.room(room).doc.getMap('m').get('k')).toBe('v');
  expect(living.replica.unsentRooms.getSnapshot()).toEqual([]);
  await comesTrue(() => world.server.room(ROOM).sockets.size === 0);
});

test('[P13] draining with the server away ends, and leaves everything counted', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  await page.replica.drain();
  page.kill();
  const later = world.page();
  await later.replica.drain();
  expect(later.replica.unsentRooms.getSnapshot()).toEqual([{ room: ROOM, edits: 1 }]);
});

test('[P13] a room on which another page has a socket is left to that page', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  world.server.holdsBack = true;
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  const dials = world.server.dials.length;
  const worker = world.page();
  await worker.replica.drain();
  expect(world.server.dials.length).toBe(dials);
  expect(worker.replica.unsentRooms.getSnapshot()).toEqual([{ room: ROOM, edits: 1 }]);
});

test.each([
  ['by batch', false],
  ['by socket', true],
])(
  '[P13] a page that opens a room being drained %s waits for its socket until the drain is over',
  async (_how, isOlder) => {
    const world = testWorld();
    world.server.isOlder = isOlder;
    world.server.isUp = false;
    const dead = world.page();
    const open = dead.replica.open(ROOM);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await open.saved();
    dead.kill();
    world.server.isUp = true;
    world.server.holdsBack = true;
    const worker = world.page();
    const draining = worker.replica.drain();
    await comesTrue(() => world.server.room(ROOM).sockets.size + world.server.batches.length === 1);
    const dials = world.server.dials.length;
    const page = world.page().replica.open(ROOM);
    await page.loaded;
    expect(valueIn(page, 'k')).toBe('v');
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    expect(world.server.dials.length).toBe(dials);
    world.server.holdsBack = false;
    world.server.commit();
    await draining;
    await comesTrue(() => safetyOf(page.sync.getSnapshot()) === 'on-server');
  },
);

test('[P13] a row whose maker died before it could tell anyone is sent by the page that has the socket', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== null);
  const doc = new Y.Doc();
  doc.getMap('m').set('orphan', 'v');
  world.profile.disk.rows.set('orphan', {
    rowId: 'orphan',
    room: ROOM,
    update: Y.encodeStateAsUpdate(doc),
    at: 0,
    edits: 1,
    recordedSeq: null,
  });
  await comesTrue(() => {
    open.run(setKey, { key: 'other', value: String(Math.random()) });
    return world.server.room(ROOM).doc.getMap('m').has('orphan');
  });
  expect(world.server.received.some(({ frame }) => messageTypeOf(frame) === 103)).toBe(true);
  // The server gives it to everybody but to who sent it.
  await comesTrue(() => valueIn(open, 'orphan') === 'v');
});

test('[P21] what waits in documents that nobody has open goes out by itself when the server is back', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  for (const room of [ROOM, OTHER_ROOM]) {
    const open = page.replica.open(room);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await open.saved();
    open.close();
  }
  const onScreen = page.replica.open(cardRoomOf(1));
  await comesTrue(() => onScreen.sync.getSnapshot().connection === 'offline');
  world.server.isUp = true;
  await comesTrue(() => page.replica.sync.getSnapshot().unsent === 0);
  for (const room of [ROOM, OTHER_ROOM]) expect(world.server.room(room).doc.getMap('m').get('k')).toBe('v');
});

test('[P21] also what a dead context left, from the next start on, with nothing on screen', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const dead = world.page();
  const open = dead.replica.open(OTHER_ROOM);
  await open.loaded;
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  dead.kill();
  const living = world.page();
  await comesTrue(() => living.replica.sync.getSnapshot().unsent === 1);
  world.server.isUp = true;
  await comesTrue(() => living.replica.sync.getSnapshot().unsent === 0);
  expect(world.server.room(OTHER_ROOM).doc.getMap('m').get('k')).toBe('v');
});

// Found by the simulation, seed 21: with nothing open any more, nothing heard that the server was back.
test('[P21] also what was left in the last document that was open, closed while the server was away', async () => {
  const world = testWorld();
  const page = world.page();
  const open = page.replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
  world.server.isUp = false;
  world.server.cut();
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  await comesTrue(() => open.sync.getSnapshot().connection === 'offline');
  open.close();
  await comesTrue(() => page.replica.sync.getSnapshot().unsent === 1);
  world.server.isUp = true;
  await comesTrue(() => page.replica.sync.getSnapshot().unsent === 0);
  expect(world.server.room(ROOM).doc.getMap('m').get('k')).toBe('v');
});
