import Dexie, { type Table } from 'dexie';
import { type BlobHash, InfraError } from '../index.ts';
import { RoomName } from '../protocol/index.ts';
import { isFromIndexedDbCache, openIndexedDbCache, readIndexedDbCache } from './cache.ts';
import type { DeviceStore, JournalRow, UnsentRow, Upload } from './deviceStore.ts';
import { heldRoomsOf } from './heldDocument.ts';
import { localNames } from './names.ts';
import type { Timers } from './ports.ts';
import type { Scope } from './types.ts';

interface StoredRow extends JournalRow {
  readonly order?: number;
  /** 0 until the server has recorded it: IndexedDB indexes neither null nor booleans. */
  readonly sent: 0 | 1;
}

interface StoredBlob {
  readonly hash: BlobHash;
  readonly bytes: Blob;
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
  const rows: Table<StoredRow, number> = db.table('rows');
  const blobs: Table<StoredBlob, BlobHash> = db.table('blobs');
  const uploads: Table<Upload, [BlobHash, RoomName]> = db.table('uploads');
  const facts: Table<{ readonly key: 'born' }, string> = db.table('facts');

  const roomOfCache = (name = ''): RoomName | null =>
    name.startsWith(names.caches) ? (RoomName.safeParse(name.slice(names.caches.length)).data ?? null) : null;

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
    appendRows: (added) => write([rows], () => rows.bulkAdd(added.map(stored))),
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
        const cached = (await indexedDB.databases()).flatMap(({ name }) => roomOfCache(name) ?? []);
        return heldRoomsOf(journaled as RoomName[], cached);
      }),
    isBorn: () => guarded(async () => (await facts.get('born')) !== undefined),

    openCache: (room, doc) => openIndexedDbCache(names.cache(room), doc, timers),
    isFromCache: isFromIndexedDbCache,
    readCache: (room) => guarded(() => readIndexedDbCache(names.cache(room))),

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

async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new InfraError('this device’s storage failed', { cause, retryable: true });
  }
}
