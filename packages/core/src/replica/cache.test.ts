import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { browserTimers } from './browserPorts.ts';
import { openIndexedDbCache, readIndexedDbCache } from './cache.ts';
import type { Timers } from './ports.ts';
import { comesTrue } from './testing/world.ts';

/** Patience at an end as soon as it is asked for. */
const impatient: Timers = { after: (_delayMs, run) => browserTimers.after(1, run) };

afterEach(() => vi.restoreAllMocks());

test('[P9] a database that never opens is not waited for', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => ({}) as IDBOpenDBRequest);
  const doc = new Y.Doc();
  const cache = await openIndexedDbCache('never opens', doc, impatient);
  expect(cache.health).toBe('late');
  doc.getMap('m').set('k', 'v');
  cache.write(Y.encodeStateAsUpdate(doc));
  await cache.close();
});

test('[P9] a database that refuses to open is done without', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not here', 'SecurityError');
  });
  const cache = await openIndexedDbCache('refused', new Y.Doc(), browserTimers);
  expect(cache.health).toBe('late');
});

test('[P9] a database closed by another context throws nothing into the app, from an edit or from closing', async () => {
  const doc = new Y.Doc();
  const cache = await openIndexedDbCache('closed by another', doc, browserTimers);
  doc.on('update', (update: Uint8Array) => cache.write(update));
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('closed by another').onsuccess = resolve;
  });
  expect(() => doc.getMap('m').set('k', 'v')).not.toThrow();
  doc.destroy();
  await cache.close();
});

test('[P9] a full disk loses the cache’s row, and rejects nowhere', async () => {
  const doc = new Y.Doc();
  const cache = await openIndexedDbCache('full', doc, browserTimers);
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  doc.on('update', (update: Uint8Array) => cache.write(update));
  doc.getMap('m').set('lost', 'v');
  add.mockRestore();
  doc.getMap('m').set('kept', 'v');
  await comesTrue(async () => (await readIndexedDbCache('full')).length >= 2);
  await cache.close();
});
