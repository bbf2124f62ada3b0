import Dexie, { type Table } from 'dexie';
import { type BlobHash, InfraError } from '../index.ts';
import type { Role, RoomName } from '../protocol/index.ts';
import {
  addToIndexedDbCache,
  deleteIndexedDbCache,
  isFromIndexedDbCache,
  openIndexedDbCache,
  readIndexedDbCache,
} from './cache.ts';
import type { BehindRoom, DeviceStore, Draft, JournalRow, RoomCursor, UnsentRow, Upload } from './deviceStore.ts';
import { withLateRow, withLateRows } from './drafts.ts';
import { heldRoomsOf } from './heldDocument.ts';
import { reaches } from './memoryStore.ts';
import { localNames } from './names.ts';
import type { Timers } from './ports.ts';
import type { Scope } from './types.ts';

interface StoredRow extends JournalRow {
  readonly order?: number;
  /** 0 until the server has recorded it: IndexedDB indexes neither null nor booleans. */
  readonly sent: 0 | 1;
}

interface StoredDraft extends Draft {
  /** Which generation of its room it closed. */
  readonly generation: number;
}

interface StoredBlob {
  readonly hash: BlobHash;
  readonly bytes: Blob;
}

/** Facts by key: `born`; `feed`, the cursor of the change feed; and of a room `at/…`, `behind/…`, `leaving/…`, `right/…`. */
interface Fact {
  readonly key: string;
  readonly cursor?: string;
  readonly at?: RoomCursor;
  readonly behind?: BehindRoom;
  readonly role?: Role;
}

/** The device's store in IndexedDB: the journal, the blobs and their queue in Dexie, strict; the caches in y-indexeddb. */
export function createIndexedDbStore(scope: Scope, timers: Timers): DeviceStore {
  const names = localNames(scope);
  const db = new Dexie(names.database, { chromeTransactionDurability: 'strict' });
  db.version(1).stores({
    // Counting what is unsent reads the compound index alone, never the updates.
    rows: '++order, &rowId, room, [sent+room+edits+rowId]',
    blobs: 'hash',
    uploads: '[hash+room]',
    facts: 'key',
  });
  db.version(2).stores({ generations: 'room', drafts: 'draftId, at, &[room+generation]' });
  const rows: Table<StoredRow, number> = db.table('rows');
  const blobs: Table<StoredBlob, BlobHash> = db.table('blobs');
  const uploads: Table<Upload, [BlobHash, RoomName]> = db.table('uploads');
  const generations: Table<{ readonly room: RoomName; readonly generation: number }, RoomName> =
    db.table('generations');
  const drafts: Table<StoredDraft, string> = db.table('drafts');
  const facts: Table<Fact, string> = db.table('facts');

  const generationOf = async (room: RoomName) => (await generations.get(room))?.generation ?? 0;
  const cacheOf = async (room: RoomName) => names.cache(room, await generationOf(room));
  let closed = false;

  // A transaction's promise resolves at its `complete`: with strict durability, the bytes are then on the disk.
  const write = (tables: readonly Table[], work: () => Promise<unknown>): Promise<void> =>
    guarded(async () => {
      if (closed) throw new Error('the store is closed');
      // Another context that erased or renewed the database has closed it under this one.
      if (!db.isOpen()) await db.open();
      await db.transaction('rw', [...tables, facts], async () => {
        await work();
        await facts.put({ key: 'born' });
      });
    });
  const stored = (row: JournalRow): StoredRow => ({ ...row, sent: row.recordedSeq === null ? 0 : 1 });
  const withIds = (rowIds: readonly string[]) => rows.where('rowId').anyOf([...rowIds]);

  return {
    appendRows: (added) =>
      write([rows, generations, drafts], async () => {
        const current: JournalRow[] = [];
        for (const row of added) {
          const isLate = row.generation !== undefined && row.generation < (await generationOf(row.room));
          if (isLate) await addToDraft(drafts, row);
          else current.push(row);
        }
        await rows.bulkAdd(current.map(stored));
      }),
    rowsOf: (room) => guarded(() => rows.where('room').equals(room).sortBy('order')),
    unsentRows: () =>
      guarded(async () => {
        const keys = await rows.where('[sent+room+edits+rowId]').between([0, Dexie.minKey], [0, Dexie.maxKey]).keys();
        return keys.map((key): UnsentRow => {
          const [, room, edits, rowId] = key as unknown as [0, RoomName, number, string];
          return { room, edits, rowId };
        });
      }),
    recordRows: (rowIds, seq) =>
      write([rows], () => withIds(rowIds).modify({ recordedSeq: seq, sent: 1 } satisfies Partial<StoredRow>)),
    removeRows: (rowIds) => write([rows], () => withIds(rowIds).delete()),
    replaceRows: (rowIds, row) =>
      write([rows], async () => {
        await withIds(rowIds).delete();
        await rows.add(stored(row));
      }),
    heldRooms: () =>
      guarded(async () => {
        const journaled = await rows.orderBy('room').uniqueKeys();
        const over = new Map((await generations.toArray()).map(({ room, generation }) => [room, generation]));
        const caches = (await indexedDB.databases()).flatMap(({ name = '' }) => names.cachedIn(name) ?? []);
        const cached = caches
          .filter(({ room, generation }) => generation === (over.get(room) ?? 0))
          .map(({ room }) => room);
        return heldRoomsOf(journaled as RoomName[], cached);
      }),
    isBorn: () => guarded(async () => (await facts.get('born')) !== undefined),

    generationOf: (room) => guarded(() => generationOf(room)),
    putAside: async (draft, { generation, holds }) => {
      let done = false;
      await write([rows, generations, drafts], async () => {
        done = (await generationOf(draft.room)) === generation;
        if (!done) return;
        const left = rows.where('room').equals(draft.room);
        await drafts.add({ ...withLateRows(draft, await left.toArray(), holds), generation });
        await left.delete();
        await facts.delete(`at/${draft.room}`);
        await generations.put({ room: draft.room, generation: generation + 1 });
      });
      // The next generation has a cache of its own; whoever still has the old one open is told by the browser.
      if (done) void Dexie.delete(names.cache(draft.room, generation)).catch(() => {});
      return done;
    },
    drafts: () =>
      guarded(async () => (await drafts.orderBy('at').toArray()).map(({ generation: _, ...draft }) => draft)),
    removeDraft: (draftId) => write([drafts], () => drafts.delete(draftId)),

    openCache: async (room, doc) => openIndexedDbCache(await guarded(() => cacheOf(room)), doc, timers),
    isFromCache: isFromIndexedDbCache,
    readCache: (room) => guarded(async () => readIndexedDbCache(await cacheOf(room))),

    writeCache: (room, updates) => guarded(async () => addToIndexedDbCache(await cacheOf(room), updates)),
    roomCursor: (room) => guarded(async () => (await facts.get(`at/${room}`))?.at ?? null),
    noteCursor: (room, cursor) =>
      write([], async () => {
        await facts.put({ key: `at/${room}`, at: cursor });
        const { behind } = (await facts.get(`behind/${room}`)) ?? {};
        if (behind !== undefined && reaches(cursor, behind)) await facts.delete(`behind/${room}`);
      }),
    feed: () =>
      guarded(async () => {
        const [feed, behind, leaving, rights] = await Promise.all([
          facts.get('feed'),
          facts.where('key').startsWith('behind/').toArray(),
          facts.where('key').startsWith('leaving/').primaryKeys(),
          facts.where('key').startsWith('right/').toArray(),
        ]);
        return {
          cursor: feed?.cursor ?? null,
          behind: behind.flatMap((fact) => fact.behind ?? []),
          leaving: leaving.map((key) => key.slice('leaving/'.length) as RoomName),
          apart: rights.flatMap(({ key, role }) =>
            role ? { room: key.slice('right/'.length) as RoomName, role } : [],
          ),
        };
      }),
    noteFeed: ({ cursor, behind, leaving, staying, rights }) =>
      write([], async () => {
        const moved = [...behind.map((one) => one.room), ...leaving, ...staying];
        await facts.bulkDelete(moved.flatMap((room) => [`behind/${room}`, `leaving/${room}`]));
        await facts.bulkDelete(rights.map(({ room }) => `right/${room}`));
        await facts.bulkPut([
          { key: 'feed', cursor },
          ...behind.map((one) => ({ key: `behind/${one.room}`, behind: one })),
          ...leaving.map((room) => ({ key: `leaving/${room}` })),
          ...rights.flatMap(({ room, role }) => (role ? { key: `right/${room}`, role } : [])),
        ]);
      }),
    forgetRoom: async (room) => {
      let isGone = false;
      await write([rows, uploads], async () => {
        await facts.bulkDelete([`behind/${room}`, `leaving/${room}`]);
        const held = await rows.where('room').equals(room).toArray();
        const waits = await uploads.filter((upload) => upload.room === room).count();
        isGone = waits === 0 && held.every(({ sent }) => sent === 1);
        if (!isGone) return;
        await rows.where('room').equals(room).delete();
        await facts.delete(`at/${room}`);
      });
      // After it, so that a crash between the two leaves a cache that a later revocation finds, and never rows without one.
      if (isGone) await guarded(async () => deleteIndexedDbCache(await cacheOf(room)));
      return isGone;
    },

    putBlob: (hash, bytes, uploadUnder) =>
      write([blobs, uploads], async () => {
        await blobs.put({ hash, bytes });
        if (uploadUnder !== null) await uploads.put({ hash, room: uploadUnder });
      }),
    getBlob: (hash) => guarded(async () => (await blobs.get(hash))?.bytes ?? null),
    uploads: () => guarded(() => uploads.toArray()),
    removeUpload: ({ hash, room }) => write([uploads], () => uploads.delete([hash, room])),

    close: async () => {
      closed = true;
      db.close();
    },
  };
}

/** A row that leans on what was put aside goes there; where that draft is gone already, it is one of its own. */
async function addToDraft(drafts: Table<StoredDraft, string>, row: JournalRow): Promise<void> {
  const { room, generation = 0 } = row;
  const draft = await drafts.where('[room+generation]').equals([room, generation]).first();
  if (draft) {
    await drafts.put({ ...withLateRow(draft, row), generation });
    return;
  }
  const { rowId: draftId, at, edits, update } = row;
  await drafts.add({ draftId, room, reason: 'read-only', at, edits, update, refused: update, generation });
}

async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new InfraError('this device’s storage failed', { cause, retryable: true });
  }
}
