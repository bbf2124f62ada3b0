import * as idb from 'lib0/indexeddb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import type { DocumentCache } from './deviceStore.ts';
import type { Timers } from './ports.ts';

// Names and shapes of y-indexeddb's own stores, so that whoever creates the database makes the same.
const UPDATES = 'updates';
const CUSTOM = 'custom';

/** Rows after which the cache is compacted into one; y-indexeddb's own figure. */
const TRIM_ROWS = 500;

/** How long opening may wait for the cache: the journal and the network serve without it. */
const CACHE_PATIENCE_MS = 5_000;

/**
 * Opens a document's y-indexeddb cache and waits until it has filled the document, or for `CACHE_PATIENCE_MS`.
 *
 * y-indexeddb keeps the database and loads it. Three of its habits are kept out: a row that cannot be read makes it hang
 * (rows are vetted first, bad ones put aside), its listener throws into the app once another context has closed the
 * database, and its writes reject unheard on a full disk (its listener is replaced by one that does neither).
 */
export async function openIndexedDbCache(name: string, doc: Y.Doc, timers: Timers): Promise<DocumentCache> {
  const vetted = await within(timers, putBadRowsAside(name));
  if (vetted === 'late') return NO_CACHE;

  const persistence = new IndexeddbPersistence(name, doc);
  doc.off('update', persistence._storeUpdate);
  const loaded = await within(
    timers,
    persistence.whenSynced.then(() => 0),
  );
  const writer = new CacheWriter(persistence, timers);
  return {
    health: loaded === 'late' ? 'late' : vetted > 0 ? 'damaged' : 'whole',
    write: (update) => writer.write(update),
    close: () => {
      writer.stop();
      return persistence.destroy().catch(() => {});
    },
  };
}

export const isFromIndexedDbCache = (origin: unknown): boolean => origin instanceof IndexeddbPersistence;

/** The committed rows of a cache, in order; none when the database cannot be opened. */
export async function readIndexedDbCache(name: string): Promise<Uint8Array[]> {
  const db = await openDatabase(name);
  try {
    const [updates] = idb.transact(db, [UPDATES], 'readonly');
    return updates ? await idb.getAll(updates) : [];
  } finally {
    db.close();
  }
}

/** Adds rows for whoever opens the cache next; resolves when they survive a crash. */
export async function addToIndexedDbCache(name: string, rows: readonly Uint8Array[]): Promise<void> {
  const db = await openDatabase(name);
  try {
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction([UPDATES], 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      for (const row of rows) transaction.objectStore(UPDATES).add(row);
    });
  } finally {
    db.close();
  }
}

/** Removes a cache. A context that has it open hears of it and lets go; one that does not is not waited for. */
export function deleteIndexedDbCache(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onblocked = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

const NO_CACHE: DocumentCache = { health: 'late', write: () => {}, close: async () => {} };

/** Writes beside y-indexeddb, in its own format, and never throws: what a full or closed cache loses, the journal has. */
class CacheWriter {
  readonly #persistence: IndexeddbPersistence;
  readonly #timers: Timers;
  #rows = 0;
  #cancelTrim: (() => void) | null = null;

  constructor(persistence: IndexeddbPersistence, timers: Timers) {
    this.#persistence = persistence;
    this.#timers = timers;
    this.#rows = persistence._dbsize;
  }

  write(update: Uint8Array): void {
    this.#inUpdates((updates) => updates.add(update));
    this.#rows += 1;
    if (this.#rows < TRIM_ROWS) return;
    this.#cancelTrim?.();
    this.#cancelTrim = this.#timers.after(1_000, () => this.#trim());
  }

  stop(): void {
    this.#cancelTrim?.();
  }

  /** Replaces every row by one, in one transaction; rows of other contexts are among them. */
  #trim(): void {
    this.#rows = 0;
    this.#inUpdates((updates) => {
      const keys = updates.getAllKeys();
      const rows = updates.getAll();
      rows.onsuccess = () => {
        const last = keys.result.at(-1);
        const whole = wholeOf(rows.result);
        if (last === undefined || whole === null) return;
        updates.add(whole);
        updates.delete(IDBKeyRange.upperBound(last));
      };
    });
  }

  #inUpdates(work: (updates: IDBObjectStore) => void): void {
    try {
      const transaction = this.#persistence.db?.transaction([UPDATES], 'readwrite', { durability: 'relaxed' });
      if (transaction) work(transaction.objectStore(UPDATES));
    } catch {
      // Another context has closed the database (it erases, or renews it). The sweep finds what the cache lacks.
    }
  }
}

/** One update that says all of them; null when one cannot be applied: then they stay as they are. */
function wholeOf(rows: readonly Uint8Array[]): Uint8Array | null {
  const doc = new Y.Doc();
  try {
    for (const row of rows) Y.applyUpdate(doc, row);
    return Y.encodeStateAsUpdate(doc);
  } catch {
    return null;
  } finally {
    doc.destroy();
  }
}

/** Moves the rows that y-indexeddb could not read into its `custom` store; resolves with how many. */
async function putBadRowsAside(name: string): Promise<number> {
  const db = await openDatabase(name);
  try {
    const transaction = db.transaction([UPDATES, CUSTOM], 'readwrite');
    const updates = transaction.objectStore(UPDATES);
    const [keys, rows] = await Promise.all([idb.getAllKeys(updates), idb.getAll(updates)]);
    const bad = rows.map((row, index) => ({ row, key: keys[index] })).filter(({ row }) => !isReadable(row));
    for (const { row, key } of bad) {
      transaction.objectStore(CUSTOM).put(row, `unreadable ${key}`);
      updates.delete(key);
    }
    return bad.length;
  } finally {
    db.close();
  }
}

function isReadable(row: unknown): boolean {
  try {
    Y.decodeUpdate(row as Uint8Array);
    return row instanceof Uint8Array;
  } catch {
    return false;
  }
}

const openDatabase = (name: string): Promise<IDBDatabase> =>
  idb.openDB(name, (db) => idb.createStores(db, [[UPDATES, { autoIncrement: true }], [CUSTOM]]));

/** The answer, or `late` when it fails or takes too long. */
function within<T>(timers: Timers, answer: Promise<T>): Promise<T | 'late'> {
  return new Promise((resolve) => {
    const cancel = timers.after(CACHE_PATIENCE_MS, () => resolve('late'));
    answer.then(
      (value) => {
        cancel();
        resolve(value);
      },
      () => {
        cancel();
        resolve('late');
      },
    );
  });
}
