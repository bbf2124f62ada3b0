import { type KeyStore, localKeyStore } from '../src/index.ts';

/** How long starting may wait for the twin: without it the app starts with what localStorage has. */
const PATIENCE_MS = 2_000;

interface Twin {
  readonly key: string;
  readonly text: string | null;
  /** The how-manieth write of this origin it was. */
  readonly write: number;
}

/**
 * `localStorage` with a durable twin in IndexedDB. Chromium puts localStorage on the disk seconds later: a crash meanwhile
 * would take the person's account and teams with it, and so the way to all that the chip had called saved. When the app
 * starts, writes that localStorage does not know of are given back to it.
 */
export async function openDurableKeys(prefix: string): Promise<KeyStore> {
  const local = localKeyStore(prefix);
  const counter = `${prefix}writes`;
  const writes = () => Number(localStorage.getItem(counter) ?? 0);
  const twins = await within(PATIENCE_MS, openTwins(`${prefix}keys`)).catch(() => null);
  if (twins === null) return local;

  const known = writes();
  for (const { key, text, write } of twins.found) {
    if (write <= known) continue;
    local.write(key, text);
    localStorage.setItem(counter, String(Math.max(writes(), write)));
  }
  return {
    ...local,
    write: (key, text) => {
      local.write(key, text);
      const write = writes() + 1;
      localStorage.setItem(counter, String(write));
      twins.put({ key, text, write });
    },
  };
}

/** Every twin, and a way to write one that never throws: on a full disk localStorage still has it, in a while. */
async function openTwins(name: string): Promise<{ readonly found: readonly Twin[]; put(twin: Twin): void }> {
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore('twins', { keyPath: 'key' });
  const db = await answered(opening);
  return {
    found: await answered<Twin[]>(db.transaction('twins').objectStore('twins').getAll()),
    put: (twin) => {
      try {
        db.transaction('twins', 'readwrite', { durability: 'strict' }).objectStore('twins').put(twin);
      } catch {
        // The browser has closed the database: it is being wiped.
      }
    },
  };
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function within<T>(delayMs: number, work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), delayMs))]);
}
