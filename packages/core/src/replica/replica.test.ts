// Past 300 lines: each rule is run on both kinds of store, in the worlds that are set up at the top.
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeSyncUpdate, encodeWire } from '../protocol/index.ts';
import { browserTimers } from './browserPorts.ts';
import { eraseScope } from './erase.ts';
import { exportDocument } from './exportDocument.ts';
import { createIndexedDbStore } from './indexedDbStore.ts';
import { localNames } from './names.ts';
import { MAX_SOCKETS } from './openSessions.ts';
import { safetyOf } from './syncState.ts';
import {
  cardRoomOf,
  comesTrue,
  LOCAL,
  OTHER_ROOM,
  ROOM,
  SCOPE,
  setKey,
  type TestWorld,
  testWorld,
  valueIn,
} from './testing/world.ts';
import type { Scope } from './types.ts';

let scopes = 0;
/** A world on each kind of store, under a scope that no other test uses. */
const worlds: [string, () => { world: TestWorld; scope: Scope; local: Scope }][] = [
  ['memory', () => ({ world: testWorld(), scope: SCOPE, local: LOCAL })],
  [
    'IndexedDB',
    () => {
      scopes += 1;
      const scope = { ...SCOPE, generation: scopes };
      return {
        world: testWorld({ storeOf: (of) => createIndexedDbStore(of, browserTimers) }),
        scope,
        local: { ...scope, server: 'local' },
      };
    },
  ],
];

describe.each(worlds)('a replica on a store in %s', (_name, setUp) => {
  test('[P2] a crash right after saved() keeps the edit, also without a server', async () => {
    const { world, local } = setUp();
    const page = world.page({ scope: local });
    const open = page.replica.open(ROOM);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await open.saved();
    page.kill();
    const again = world.page({ scope: local }).replica.open(ROOM);
    await again.loaded;
    expect(valueIn(again, 'k')).toBe('v');
    expect(again.sync.getSnapshot()).toMatchObject({ connection: 'none', unsent: 0, saving: false });
  });

  test('[P4] what is edited with the server away is there after a restart, counted, and flows when the server is back', async () => {
    const { world, scope } = setUp();
    world.server.isUp = false;
    const page = world.page({ scope });
    const open = page.replica.open(ROOM);
    await open.loaded;
    for (const key of ['a', 'b', 'c']) open.run(setKey, { key, value: 'v' });
    await open.saved();
    await comesTrue(() => open.sync.getSnapshot().connection === 'offline');
    expect(open.sync.getSnapshot().unsent).toBe(3);
    page.kill();

    const again = world.page({ scope });
    await comesTrue(() => again.replica.sync.getSnapshot().phase === 'ready');
    expect(again.replica.sync.getSnapshot()).toMatchObject({ unsent: 3, recordedAt: null });
    expect(again.replica.unsentRooms.getSnapshot()).toEqual([{ room: ROOM, edits: 3 }]);
    const reopened = again.replica.open(ROOM);
    world.server.isUp = true;
    await comesTrue(() => safetyOf(reopened.sync.getSnapshot()) === 'on-server');
    expect(world.server.room(ROOM).doc.getMap('m').size).toBe(3);
    await comesTrue(() => safetyOf(again.replica.sync.getSnapshot()) === 'on-server');
    await again.replica.close();
  });

  test('[P6] closing lets go of rows that are recorded and cached; another opening finds the document in the cache', async () => {
    const { world, scope } = setUp();
    const page = world.page({ scope });
    const open = page.replica.open(ROOM);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
    await comesTrue(async () => (await page.context.store.rowsOf(ROOM)).length === 0);
    await page.replica.close();
    world.server.isUp = false;
    const again = world.page({ scope }).replica.open(ROOM);
    await again.loaded;
    expect(valueIn(again, 'k')).toBe('v');
  });

  test('[P3] opening a document writes nothing', async () => {
    const { world, scope } = setUp();
    const page = world.page({ scope });
    const open = page.replica.open(ROOM);
    await open.loaded;
    open.run(setKey, { key: 'k', value: 'v' });
    await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
    await page.replica.close();
    world.server.isUp = false;
    const again = world.page({ scope });
    const reopened = again.replica.open(ROOM);
    await reopened.loaded;
    await reopened.saved();
    expect(reopened.sync.getSnapshot()).toMatchObject({ saving: false, unsent: 0 });
    expect(await again.context.store.rowsOf(ROOM)).toEqual([]);
    expect(reopened.doc.getMap('m').toJSON()).toEqual({ k: 'v' });
  });

  test('[P3] [P4] two machines that edited apart show the same once they meet', async () => {
    const { world, scope } = setUp();
    world.server.isUp = false;
    const a = world.page({ scope }).replica.open(ROOM);
    const b = world.page({ scope: SCOPE, profile: world.profileOf() }).replica.open(ROOM);
    await Promise.all([a.loaded, b.loaded]);
    a.run(setKey, { key: 'both', value: 'from a' });
    b.run(setKey, { key: 'both', value: 'from b' });
    b.run(setKey, { key: 'b', value: 'v' });
    world.server.isUp = true;
    await comesTrue(() => valueIn(a, 'b') === 'v' && valueIn(a, 'both') === valueIn(b, 'both'));
    expect(a.doc.getMap('m').toJSON()).toEqual(b.doc.getMap('m').toJSON());
  });
});

test('[P1] another account of the machine neither sees, nor sends, nor erases what one has', async () => {
  const mine: Scope = { ...SCOPE, generation: 900 };
  const theirs = { ...mine, account: `${mine.account}2` as Scope['account'] };
  const world = testWorld({ storeOf: (of) => createIndexedDbStore(of, browserTimers) });
  world.server.isUp = false;
  const page = world.page({ scope: mine });
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'mine', value: 'v' });
  await open.saved();

  const other = world.page({ scope: theirs });
  const seen = other.replica.open(ROOM);
  await seen.loaded;
  expect(valueIn(seen, 'mine')).toBeUndefined();
  expect(other.replica.sync.getSnapshot().unsent).toBe(0);
  world.server.isUp = true;
  page.kill();
  await other.replica.drain();
  expect(world.server.room(ROOM).doc.getMap('m').size).toBe(0);

  await eraseScope(theirs, page.context.ports);
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  expect(names.filter((name) => name.startsWith(localNames(theirs).prefix))).toEqual([]);
  const again = world.page({ scope: mine }).replica.open(ROOM);
  await again.loaded;
  expect(valueIn(again, 'mine')).toBe('v');
});

test('[P8] a document whose data was wiped is said to be lost, not new; what the server has comes back', async () => {
  const world = testWorld();
  const page = world.page({ scope: LOCAL });
  const open = page.replica.open(ROOM);
  await open.loaded;
  expect(open.sync.getSnapshot().trouble).toBeNull();
  open.run(setKey, { key: 'k', value: 'v' });
  await open.saved();
  page.kill();
  world.profile.disk.rows.clear();
  world.profile.disk.born = false;
  const again = world.page({ scope: LOCAL });
  const reopened = again.replica.open(ROOM);
  await reopened.loaded;
  expect(reopened.sync.getSnapshot().trouble).toEqual({ code: 'lost-local', room: ROOM });
  expect(again.replica.sync.getSnapshot().trouble).toEqual({ code: 'lost-local', room: null });
});

test('[P9] a damaged cache is said, and the document opens with what the journal and the server hold', async () => {
  const world = testWorld();
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'k', value: 'v' });
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
  page.kill();
  world.profile.disk.rows.clear();
  world.profile.disk.cache.set(ROOM, [Uint8Array.of(7, 7, 7)]);
  world.server.isUp = false;
  const again = world.page().replica.open(ROOM);
  await again.loaded;
  expect(again.sync.getSnapshot().trouble?.code).toBe('lost-local');
  world.server.isUp = true;
  await comesTrue(() => valueIn(again, 'k') === 'v');
  await comesTrue(() => again.sync.getSnapshot().trouble === null);
});

test('[P10] a full disk stops editing with a refusal, keeps what was saved, and recovers by itself', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'saved', value: 'v' });
  await open.saved();
  world.profile.disk.beforeCommit = async () => {
    throw new Error('QuotaExceededError');
  };
  open.run(setKey, { key: 'pending', value: 'v' });
  await expect(open.saved()).rejects.toMatchObject({ code: 'no-space' });
  expect(() => open.run(setKey, { key: 'more', value: 'v' })).toThrow('no-space');
  expect(page.replica.sync.getSnapshot()).toMatchObject({ trouble: { code: 'no-space', room: ROOM }, saving: true });
  // What a person takes away holds what could not be stored.
  expect(exportDocument(open, 5).content).toMatchObject({ m: { saved: 'v', pending: 'v' } });

  world.profile.disk.beforeCommit = async () => {};
  await comesTrue(() => open.sync.getSnapshot().trouble === null);
  expect(open.sync.getSnapshot()).toMatchObject({ saving: false, unsent: 2 });
  page.kill();
  const again = world.page().replica.open(ROOM);
  await again.loaded;
  expect(again.doc.getMap('m').toJSON()).toEqual({ saved: 'v', pending: 'v' });
});

test('[P10] typing that no operation carries is kept in memory while the disk is full, and a closed screen loses none of it', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  world.profile.disk.beforeCommit = async () => {
    throw new Error('QuotaExceededError');
  };
  open.doc.getText('t').insert(0, 'bonjour');
  await expect(open.saved()).rejects.toMatchObject({ code: 'no-space' });
  open.close();
  world.profile.disk.beforeCommit = async () => {};
  await comesTrue(() => world.profile.disk.rows.size > 0);
  page.kill();
  const again = world.page().replica.open(ROOM);
  await again.loaded;
  expect(again.doc.getText('t').toString()).toBe('bonjour');
});

test('[P10] a closed screen’s document that cannot be stored still counts, and opens at once with all it holds', async () => {
  const world = testWorld();
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  world.profile.disk.beforeCommit = async () => {
    throw new Error('QuotaExceededError');
  };
  open.doc.getText('t').insert(0, 'bonjour');
  await expect(open.saved()).rejects.toMatchObject({ code: 'no-space' });
  open.close();
  const other = page.replica.open(OTHER_ROOM);
  await comesTrue(() => safetyOf(other.sync.getSnapshot()) === 'on-server');
  other.close();
  // Closed after the first, and with nothing to store: it is let go.
  await comesTrue(() => other.doc.isDestroyed);
  expect(page.replica.sync.getSnapshot()).toMatchObject({ saving: true, trouble: { code: 'no-space', room: ROOM } });
  const again = page.replica.open(ROOM);
  await again.loaded;
  expect(again.doc.getText('t').toString()).toBe('bonjour');
});

test('[P7] without a server the cache is not used, and many rows become one', async () => {
  const world = testWorld();
  const page = world.page({ scope: LOCAL });
  const open = page.replica.open(ROOM);
  await open.loaded;
  for (let n = 0; n < 120; n++) {
    open.run(setKey, { key: `k${n}`, value: 'v' });
    await open.saved();
  }
  expect(world.profile.disk.cache.size).toBe(0);
  await page.replica.close();
  expect(world.profile.disk.rows.size).toBe(1);
  const again = world.page({ scope: LOCAL }).replica.open(ROOM);
  await again.loaded;
  expect(again.doc.getMap('m').size).toBe(120);
});

test('[P16] a stock server syncs, and never has the chip say more than sent', async () => {
  const world = testWorld();
  world.server.isStock = true;
  const page = world.page();
  const open = page.replica.open(ROOM);
  const stockPeer = world.page({ profile: world.profileOf() }).replica.open(ROOM);
  await Promise.all([open.loaded, stockPeer.loaded]);
  const seen = new Set<string>();
  open.sync.subscribe(() => seen.add(safetyOf(open.sync.getSnapshot())));
  open.run(setKey, { key: 'k', value: 'v' });
  await comesTrue(() => valueIn(stockPeer, 'k') === 'v');
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'sent');
  expect(open.sync.getSnapshot()).toMatchObject({ unsent: 1, recordedAt: null });
  expect(seen).not.toContain('on-server');
});

test('[P16] a server that came back without what it had is given it again before anything is called recorded', async () => {
  const world = testWorld();
  // Someone else's, so that the edit below leans on nothing that the server lost.
  world.server.room(ROOM).doc.getMap('m').set('k', 'v');
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => valueIn(open, 'k') === 'v');
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
  const before = open.sync.getSnapshot().recordedAt;
  world.server.holdsExchange = true;
  world.server.forget(ROOM);
  world.server.cut();
  await comesTrue(() => open.sync.getSnapshot().connection === 'offline');
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
  // The edit is recorded while the rest of the document is not there yet.
  open.run(setKey, { key: 'k2', value: 'v' });
  await open.saved();
  await comesTrue(() => open.sync.getSnapshot().unsent === 0);
  expect(open.sync.getSnapshot().recordedAt).toBe(before);
  world.server.exchange();
  await comesTrue(() => open.sync.getSnapshot().recordedAt !== before);
  expect(world.server.room(ROOM).doc.getMap('m').toJSON()).toEqual({ k: 'v', k2: 'v' });
});

test('[P17] a reader’s operations are refused, and a reader’s socket sends no change', async () => {
  const world = testWorld();
  world.server.role = 'reader';
  world.server.room(ROOM).doc.getMap('m').set('k', 'v');
  const open = world.page({ role: 'reader' }).replica.open(ROOM);
  await comesTrue(() => valueIn(open, 'k') === 'v');
  expect(() => open.run(setKey, { key: 'no', value: 'v' })).toThrow('read-only');
  // An editor that types past the operations is not let through either.
  open.doc.getText('t').insert(0, 'x');
  await open.saved();
  await comesTrue(() => world.profile.disk.drafts.size === 1);
  expect(world.server.room(ROOM).doc.getText('t').length).toBe(0);
});

test('[P17] [P43] who becomes a reader keeps reading, and keeps the edits that may not go, as a draft', async () => {
  const world = testWorld();
  world.server.isUp = false;
  const page = world.page();
  const open = page.replica.open(ROOM);
  await open.loaded;
  open.run(setKey, { key: 'mine', value: 'v' });
  await open.saved();
  world.server.role = 'reader';
  world.server.isUp = true;
  await comesTrue(() => open.sync.getSnapshot().phase === 'renewed');
  open.close();
  const again = page.replica.open(ROOM);
  const other = world.server.room(ROOM);
  other.doc.getMap('m').set('theirs', 'v');
  for (const socket of other.sockets) socket.say(encodeSyncUpdate(Y.encodeStateAsUpdate(other.doc)));
  await comesTrue(() => valueIn(again, 'theirs') === 'v');
  expect(valueIn(again, 'mine')).toBeUndefined();
  expect(world.server.room(ROOM).doc.getMap('m').has('mine')).toBe(false);
  expect(page.replica.drafts.getSnapshot()).toMatchObject([{ edits: 1, reason: 'read-only' }]);
});

test('[P18] people are who the server says, oneself first; a state without an account is nobody', async () => {
  const world = testWorld();
  const a = world.page().replica.open(ROOM);
  const b = world.page({ profile: world.profileOf(), name: 'Berthe' }).replica.open(ROOM);
  await comesTrue(() => a.people.getSnapshot().length === 2);
  b.setPlace('piece-1');
  await comesTrue(() => a.people.getSnapshot()[1]?.place === 'piece-1');
  expect(a.people.getSnapshot().map(({ name, self }) => [name, self])).toEqual([
    ['Ada', true],
    ['Berthe', false],
  ]);
  expect(a.people.getSnapshot()[0]?.colour).toBeLessThan(7);
  b.awareness.setLocalState({ cursor: 3 });
  await comesTrue(() => a.people.getSnapshot().length === 1);
});

test('[P19] at most eight documents have a socket, the last opened first', async () => {
  const world = testWorld();
  const { replica } = world.page();
  const rooms = Array.from({ length: MAX_SOCKETS + 2 }, (_, n) => cardRoomOf(n));
  const opened = rooms.map((room) => replica.open(room));
  const online = () => opened.map(({ sync }) => sync.getSnapshot().connection === 'online');
  await comesTrue(() => online().filter(Boolean).length === MAX_SOCKETS && online()[0] === false);
  expect(online()).toEqual([false, false, ...Array.from({ length: MAX_SOCKETS }, () => true)]);
  opened.at(-1)?.close();
  await comesTrue(() => online()[1]);
});

test('[P3] a document that several hold closes with the last, and a new holder finds it whole', async () => {
  const world = testWorld();
  const { replica } = world.page({ scope: LOCAL });
  const first = replica.open(ROOM);
  const second = replica.open(ROOM);
  expect(second.doc).toBe(first.doc);
  await first.loaded;
  first.close();
  first.close();
  second.run(setKey, { key: 'k', value: 'v' });
  second.close();
  const other = replica.open(OTHER_ROOM);
  await other.loaded;
  await comesTrue(() => first.doc.isDestroyed);
  const third = replica.open(ROOM);
  await third.loaded;
  expect(third.doc).not.toBe(first.doc);
  expect(valueIn(third, 'k')).toBe('v');
});

test('[P14] frames of ours that say nothing known are no harm', async () => {
  const world = testWorld();
  const open = world.page().replica.open(ROOM);
  await comesTrue(() => open.sync.getSnapshot().connection === 'online');
  for (const socket of world.server.room(ROOM).sockets) {
    socket.say(Uint8Array.of(120, 1, 2, 3));
    socket.say(encodeWire({ type: 'recorded', n: 99, seq: 1 }));
    socket.say(Uint8Array.of(104));
  }
  open.run(setKey, { key: 'k', value: 'v' });
  await comesTrue(() => safetyOf(open.sync.getSnapshot()) === 'on-server');
});
