// Past 300 lines: one suite for both kinds of store, so that neither can be less than the other.
import * as Y from 'yjs';
import type { BlobHash } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { DeviceStore, Draft, JournalRow } from './deviceStore.ts';

/** A device for the suite: several contexts may stand on it, one after the other or at once. */
export interface ContractDevice {
  open(): DeviceStore;
  /** Makes durable writes fail, or work again. */
  setDiskFull(full: boolean): void;
  /** Puts bytes that no Yjs reads among the rows of a cache. */
  damageCache(room: RoomName): Promise<void>;
}

/** One rule that every `DeviceStore` keeps. */
export interface ContractCase {
  readonly title: string;
  /** Throws when the rule is broken. */
  run(device: ContractDevice): Promise<void>;
}

const ROOM = '000000000000000000000000/board' as RoomName;
const OTHER = '111111111111111111111111/board' as RoomName;
const THIRD = '222222222222222222222222/board' as RoomName;
const HASH = 'ab'.repeat(32) as BlobHash;

/**
 * What every adapter must hold to, in Node and in a browser alike: it uses no test framework and no API of Node's.
 * Each case gets a device of its own.
 */
export const deviceStoreContract: readonly ContractCase[] = [
  {
    title: '[P2] rows come back from another context in the order they were written, with their bytes',
    run: async (device) => {
      const store = device.open();
      await store.appendRows([row('a', { bytes: [1] }), row('b', { bytes: [2] })]);
      await store.appendRows([row('c', { bytes: [3] }), row('x', { room: OTHER })]);
      const rows = await device.open().rowsOf(ROOM);
      equal(
        rows.map(({ rowId, update, edits, at }) => [rowId, [...update], edits, at]),
        [
          ['a', [1], 1, 5],
          ['b', [2], 1, 5],
          ['c', [3], 1, 5],
        ],
      );
    },
  },
  {
    title: '[P42] a room’s cursor comes back from another context, the last one kept',
    run: async (device) => {
      const store = device.open();
      equal(await store.roomCursor(ROOM), null);
      await store.noteCursor(ROOM, { epoch: 'e', seq: 3, digest: 'd' });
      await store.noteCursor(ROOM, { epoch: 'e', seq: 4, digest: 'f' });
      const { epoch, seq, digest } = (await device.open().roomCursor(ROOM)) ?? {};
      equal([epoch, seq, digest], ['e', 4, 'f']);
      equal(await device.open().roomCursor(OTHER), null);
    },
  },
  {
    title: '[P43] what is put aside is a draft; the room’s rows, cache and cursor are gone with it, all or nothing',
    run: async (device) => {
      const store = device.open();
      const since = { ...row('b'), update: updateOf('since') };
      await store.appendRows([row('a'), since, row('x', { room: OTHER })]);
      await store.noteCursor(ROOM, { epoch: 'e', seq: 1, digest: 'd' });
      const cache = await store.openCache(ROOM, new Y.Doc());
      cache.write(updateOf('cached'));
      await eventually(async () => (await store.readCache(ROOM)).length > 0);
      await cache.close();
      device.setDiskFull(true);
      equal(await rejects(store.putAside(draft('d1'), { generation: 0, holds: ['a'] })), 'InfraError');
      device.setDiskFull(false);
      equal([await idsOf(device, ROOM), (await store.drafts()).length], [['a', 'b'], 0]);

      equal(await store.putAside(draft('d1'), { generation: 0, holds: ['a'] }), true);
      equal(await store.putAside(draft('d2'), { generation: 0, holds: [] }), false);
      const other = device.open();
      equal(await idsOf(device, ROOM), []);
      equal(await idsOf(device, OTHER), ['x']);
      const [kept, ...more] = await other.drafts();
      equal(
        [kept?.draftId, kept?.edits, keysIn(kept?.update), keysIn(kept?.refused), more.length],
        ['d1', 3, ['draft', 'since'], ['draft', 'since'], 0],
      );
      equal([await other.generationOf(ROOM), await other.generationOf(OTHER)], [1, 0]);
      equal(
        (await other.heldRooms()).map(({ room }) => room),
        [OTHER],
      );
      equal([await other.roomCursor(ROOM), (await other.readCache(ROOM)).length], [null, 0]);
    },
  },
  {
    title: '[P44] a row of a generation that is over goes to its draft, or is one where that is gone',
    run: async (device) => {
      const store = device.open();
      const late = (rowId: string): JournalRow => ({ ...row(rowId), update: updateOf(rowId), generation: 0 });
      await store.putAside(draft('d1'), { generation: 0, holds: ['a'] });
      await store.appendRows([late('late'), { ...row('new'), generation: 1 }, row('free')]);
      equal(await idsOf(device, ROOM), ['new', 'free']);
      const [kept] = await store.drafts();
      equal([kept?.edits, keysIn(kept?.update)], [3, ['draft', 'late']]);
      await store.removeDraft('d1');
      await store.appendRows([late('later')]);
      equal(
        (await store.drafts()).map(({ draftId, edits }) => [draftId, edits]),
        [['later', 1]],
      );
      equal(await idsOf(device, ROOM), ['new', 'free']);
    },
  },
  {
    title: '[P2] rows are written all or none',
    run: async (device) => {
      const store = device.open();
      await store.appendRows([row('a')]);
      device.setDiskFull(true);
      const failed = await rejects(store.appendRows([row('b'), row('c')]));
      device.setDiskFull(false);
      equal(failed, 'InfraError');
      equal(await idsOf(device, ROOM), ['a']);
      await store.appendRows([row('d')]);
      equal(await idsOf(device, ROOM), ['a', 'd']);
    },
  },
  {
    title: '[X14] every room of which something is here is listed, and looking makes none',
    run: async (device) => {
      const store = device.open();
      equal(await store.heldRooms(), []);
      await store.appendRows([row('a'), row('b')]);
      const doc = new Y.Doc();
      const cache = await store.openCache(OTHER, doc);
      doc.getMap('m').set('k', 1);
      cache.write(Y.encodeStateAsUpdate(doc));
      await cache.close();
      const held = [
        { room: ROOM, isCached: false },
        { room: OTHER, isCached: true },
      ];
      equal(await device.open().heldRooms(), held);
      equal(await store.heldRooms(), held);
    },
  },
  {
    title: '[P5] what is unsent is counted without recorded rows, in every room',
    run: async (device) => {
      const store = device.open();
      await store.appendRows([row('a', { edits: 3 }), row('b'), row('x', { room: OTHER, edits: 2 })]);
      await store.recordRows(['b', 'not there'], 7);
      const unsent = (await device.open().unsentRows()).map(({ rowId, room, edits }) => [rowId, room, edits]);
      equal(unsent.sort(), [
        ['a', ROOM, 3],
        ['x', OTHER, 2],
      ]);
      equal(
        (await store.rowsOf(ROOM)).map(({ recordedSeq }) => recordedSeq),
        [null, 7],
      );
    },
  },
  {
    title: '[P6] removed rows are gone, and no other',
    run: async (device) => {
      const store = device.open();
      await store.appendRows([row('a'), row('b'), row('c')]);
      await store.removeRows(['a', 'c', 'not there']);
      equal(await idsOf(device, ROOM), ['b']);
    },
  },
  {
    title: '[P7] a fold replaces its rows and leaves those written meanwhile; a refused one leaves all',
    run: async (device) => {
      const store = device.open();
      await store.appendRows([row('a'), row('b')]);
      await device.open().appendRows([row('late')]);
      device.setDiskFull(true);
      await rejects(store.replaceRows(['a', 'b'], row('whole')));
      device.setDiskFull(false);
      equal(await idsOf(device, ROOM), ['a', 'b', 'late']);
      await store.replaceRows(['a', 'b'], row('whole'));
      equal(await idsOf(device, ROOM), ['late', 'whole']);
    },
  },
  {
    title: '[P8] a store that was written to says so, and a fresh one does not',
    run: async (device) => {
      const store = device.open();
      equal(await store.isBorn(), false);
      await store.appendRows([row('a')]);
      equal(await device.open().isBorn(), true);
    },
  },
  {
    title: '[P6] the cache gives a later document what was written to it',
    run: async (device) => {
      const store = device.open();
      const doc = new Y.Doc();
      const cache = await store.openCache(ROOM, doc);
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (!store.isFromCache(origin)) cache.write(update);
      });
      doc.getMap('m').set('k', 'v');
      await eventually(async () => (await contentOf(device, ROOM)) === 'v');
      await cache.close();
      const again = new Y.Doc();
      const origins: boolean[] = [];
      const later = device.open();
      again.on('update', (_update: Uint8Array, origin: unknown) => origins.push(later.isFromCache(origin)));
      const second = await later.openCache(ROOM, again);
      equal(again.getMap('m').get('k'), 'v');
      equal([origins.length > 0, origins.includes(false), later.isFromCache(null)], [true, false, false]);
      equal(second.health, 'whole');
      await second.close();
      equal(await contentOf(device, OTHER), undefined);
    },
  },
  {
    title: '[P6] a cache compacts itself and loses nothing, rows of another context included',
    run: async (device) => {
      const mine = new Y.Doc();
      const cache = await device.open().openCache(ROOM, mine);
      const others = new Y.Doc();
      const other = await device.open().openCache(ROOM, others);
      mine.on('update', (update: Uint8Array) => cache.write(update));
      others.on('update', (update: Uint8Array) => other.write(update));
      others.getMap('m').set('k', 'v');
      for (let n = 0; n < 520; n++) mine.getMap('m').set('n', n);
      const doc = new Y.Doc();
      await eventually(async () => {
        for (const update of await device.open().readCache(ROOM)) Y.applyUpdate(doc, update);
        return doc.getMap('m').get('n') === 519 && doc.getMap('m').get('k') === 'v';
      });
      await cache.close();
      await other.close();
    },
  },
  {
    title: '[P9] a cache with bytes that cannot be read opens all the same, says so, and keeps the rest',
    run: async (device) => {
      const doc = new Y.Doc();
      const store = device.open();
      const cache = await store.openCache(ROOM, doc);
      doc.getMap('m').set('k', 'v');
      cache.write(Y.encodeStateAsUpdate(doc));
      await eventually(async () => (await contentOf(device, ROOM)) === 'v');
      await cache.close();
      await device.damageCache(ROOM);
      const again = new Y.Doc();
      const damaged = await device.open().openCache(ROOM, again);
      equal(damaged.health, 'damaged');
      equal(again.getMap('m').get('k'), 'v');
      await damaged.close();
    },
  },
  {
    title: '[P24] what is written to a cache of no open document is there for the next, with what was there',
    run: async (device) => {
      const doc = new Y.Doc();
      doc.getMap('m').set('k', 'first');
      await device.open().writeCache(ROOM, [Y.encodeStateAsUpdate(doc)]);
      const before = Y.encodeStateVector(doc);
      doc.getMap('m').set('k', 'second');
      await device.open().writeCache(ROOM, [Y.encodeStateAsUpdate(doc, before)]);
      equal(await contentOf(device, ROOM), 'second');
      const again = new Y.Doc();
      const cache = await device.open().openCache(ROOM, again);
      equal([again.getMap('m').get('k'), cache.health], ['second', 'whole']);
      await cache.close();
    },
  },
  {
    title: '[P24] a page of the feed is noted whole or not at all, and a room is on the list it was put on last',
    run: async (device) => {
      const store = device.open();
      equal(await store.feed(), { cursor: null, behind: [], leaving: [], apart: [] });
      const behind = [
        { room: ROOM, epoch: 'e', seq: 3 },
        { room: OTHER, epoch: 'e', seq: 1 },
      ];
      await store.noteFeed({ cursor: 'one', behind, leaving: [THIRD], staying: [], rights: [] });
      equal(await device.open().feed(), { cursor: 'one', behind, leaving: [THIRD], apart: [] });
      device.setDiskFull(true);
      equal(
        await rejects(store.noteFeed({ cursor: 'two', behind: [], leaving: [ROOM], staying: [], rights: [] })),
        'InfraError',
      );
      device.setDiskFull(false);
      equal(await device.open().feed(), { cursor: 'one', behind, leaving: [THIRD], apart: [] });
      const third = { room: THIRD, epoch: 'f', seq: 1 };
      await store.noteFeed({ cursor: 'two', behind: [third], leaving: [ROOM], staying: [OTHER], rights: [] });
      equal(await device.open().feed(), { cursor: 'two', behind: [third], leaving: [ROOM], apart: [] });
    },
  },
  {
    title: '[P25] rights of a room’s own are kept, changed and taken away with the page that tells of them',
    run: async (device) => {
      const store = device.open();
      const note = (room: RoomName, role: 'reader' | 'editor' | null) =>
        store.noteFeed({ cursor: 'c', behind: [], leaving: [], staying: [], rights: [{ room, role }] });
      await note(ROOM, 'reader');
      await note(OTHER, 'reader');
      await note(ROOM, 'editor');
      await note(OTHER, null);
      equal((await device.open().feed()).apart, [{ room: ROOM, role: 'editor' }]);
    },
  },
  {
    title: '[P24] a room is behind until the cache holds it as far as the feed told',
    run: async (device) => {
      const store = device.open();
      await store.noteFeed({
        cursor: 'c',
        behind: [{ room: ROOM, epoch: 'e', seq: 3 }],
        leaving: [],
        staying: [],
        rights: [],
      });
      const behind = async () => (await device.open().feed()).behind.length;
      const cursor = (epoch: string, seq: number) => ({ epoch, seq, digest: `d${seq}` });
      equal(await store.roomCursor(ROOM), null);
      await store.noteCursor(ROOM, cursor('e', 2));
      equal([await behind(), await device.open().roomCursor(ROOM)], [1, cursor('e', 2)]);
      await store.noteCursor(ROOM, cursor('other', 9));
      equal(await behind(), 1);
      await store.noteCursor(ROOM, cursor('e', 3));
      equal([await behind(), await device.open().roomCursor(ROOM)], [0, cursor('e', 3)]);
    },
  },
  {
    title: '[P26] a room that is forgotten is gone with its recorded rows, its cache and its cursor, and no other is',
    run: async (device) => {
      const store = device.open();
      const doc = new Y.Doc();
      doc.getMap('m').set('k', 'v');
      for (const room of [ROOM, OTHER]) await store.writeCache(room, [Y.encodeStateAsUpdate(doc)]);
      await store.appendRows([row('a'), row('x', { room: OTHER })]);
      await store.recordRows(['a'], 1);
      await store.noteCursor(ROOM, { epoch: 'e', seq: 1, digest: 'd' });
      await store.noteFeed({ cursor: 'c', behind: [], leaving: [ROOM], staying: [], rights: [] });
      equal(await store.forgetRoom(ROOM), true);
      const after = device.open();
      equal(await after.heldRooms(), [{ room: OTHER, isCached: true }]);
      equal([await after.roomCursor(ROOM), (await after.feed()).leaving], [null, []]);
      equal([await contentOf(device, ROOM), await contentOf(device, OTHER)], [undefined, 'v']);
    },
  },
  {
    title: '[P26] a room of which an edit or a blob waits is not forgotten, and is no longer on the list',
    run: async (device) => {
      const store = device.open();
      const doc = new Y.Doc();
      doc.getMap('m').set('k', 'v');
      await store.writeCache(ROOM, [Y.encodeStateAsUpdate(doc)]);
      await store.appendRows([row('a'), row('b')]);
      await store.recordRows(['a'], 1);
      await store.putBlob(HASH, new Blob(['pièce']), OTHER);
      await store.noteFeed({ cursor: 'c', behind: [], leaving: [ROOM, OTHER], staying: [], rights: [] });
      equal([await store.forgetRoom(ROOM), await store.forgetRoom(OTHER)], [false, false]);
      equal(await idsOf(device, ROOM), ['a', 'b']);
      equal([await contentOf(device, ROOM), (await store.feed()).leaving], ['v', []]);
      equal(await store.uploads(), [{ hash: HASH, room: OTHER }]);
    },
  },
  {
    title: '[P12] a blob and its place in the queue survive, and leave one by one',
    run: async (device) => {
      const store = device.open();
      await store.putBlob(HASH, new Blob(['pièce']), ROOM);
      await store.putBlob(HASH, new Blob(['pièce']), OTHER);
      const again = device.open();
      equal(await (await again.getBlob(HASH))?.text(), 'pièce');
      equal((await again.uploads()).length, 2);
      await again.removeUpload({ hash: HASH, room: ROOM });
      equal(await device.open().uploads(), [{ hash: HASH, room: OTHER }]);
      equal(await store.getBlob('cd'.repeat(32) as BlobHash), null);
    },
  },
  {
    title: '[P12] a blob that could not be stored is refused, and leaves no place in the queue',
    run: async (device) => {
      const store = device.open();
      device.setDiskFull(true);
      equal(await rejects(store.putBlob(HASH, new Blob(['pièce']), ROOM)), 'InfraError');
      device.setDiskFull(false);
      equal(await store.uploads(), []);
    },
  },
];

function row(rowId: string, options: { room?: RoomName; edits?: number; bytes?: number[] } = {}): JournalRow {
  const { room = ROOM, edits = 1, bytes = [0] } = options;
  return { rowId, room, update: Uint8Array.from(bytes), at: 5, edits, recordedSeq: null };
}

const idsOf = async (device: ContractDevice, room: RoomName): Promise<string[]> =>
  (await device.open().rowsOf(room)).map(({ rowId }) => rowId);

async function contentOf(device: ContractDevice, room: RoomName): Promise<unknown> {
  const doc = new Y.Doc();
  for (const update of await device.open().readCache(room)) Y.applyUpdate(doc, update);
  return doc.getMap('m').get('k');
}

function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}

/** What a fresh document says that sets one key. */
const updateOf = (key: string): Uint8Array => {
  const doc = new Y.Doc();
  // The same bytes each time it is asked.
  doc.clientID = [...key].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000;
  doc.getMap('m').set(key, 'v');
  return Y.encodeStateAsUpdate(doc);
};

function keysIn(update: Uint8Array | undefined): string[] {
  const doc = new Y.Doc();
  if (update) Y.applyUpdate(doc, update);
  return [...doc.getMap('m').keys()].sort();
}

function draft(draftId: string): Draft {
  const update = updateOf('draft');
  return { draftId, room: ROOM, reason: 'read-only', at: 7, edits: 2, update, refused: update };
}

async function rejects(promise: Promise<unknown>): Promise<string | null> {
  try {
    await promise;
    return null;
  } catch (error) {
    return (error as Error).name;
  }
}

/** Cache writes make no promise of when: ask until they are there. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('never came true');
}
