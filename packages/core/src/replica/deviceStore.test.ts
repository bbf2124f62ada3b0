import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { openDB } from 'lib0/indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { AccountId } from '../index.ts';
import { browserTimers } from './browserPorts.ts';
import { type ContractDevice, deviceStoreContract } from './deviceStore.contract.ts';
import { createIndexedDbStore } from './indexedDbStore.ts';
import { createMemoryDisk, createMemoryStore } from './memoryStore.ts';
import { localNames } from './names.ts';
import { ROOM } from './testing/world.ts';
import type { Scope } from './types.ts';

function memoryDevice(): ContractDevice {
  const disk = createMemoryDisk();
  return {
    open: () => createMemoryStore(disk),
    setDiskFull: (full) => {
      disk.beforeCommit = async () => {
        if (full) throw new Error('QuotaExceededError');
      };
    },
    damageCache: async (room) => void disk.cache.get(room)?.splice(0, 0, Uint8Array.of(7, 7, 7)),
  };
}

let devices = 0;
function indexedDbDevice(): ContractDevice {
  devices += 1;
  const scope: Scope = { server: 'local', account: AccountId.parse(`device-${devices}-x`), generation: 0 };
  return {
    open: () => createIndexedDbStore(scope, browserTimers),
    setDiskFull: (full) => {
      vi.restoreAllMocks();
      if (!full) return;
      const refuse = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
      vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(refuse);
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(refuse);
    },
    damageCache: async (room) => {
      const db = await openDB(localNames(scope).cache(room, 0), () => {});
      await new Promise((resolve) => {
        const adding = db.transaction('updates', 'readwrite');
        adding.objectStore('updates').add(Uint8Array.of(7, 7, 7));
        adding.oncomplete = resolve;
      });
      db.close();
    },
  };
}

afterEach(() => vi.restoreAllMocks());

describe.each([
  ['memory', memoryDevice],
  ['IndexedDB', indexedDbDevice],
])('a device store in %s', (_name, makeDevice) => {
  test.each(deviceStoreContract.map((rule) => [rule.title, rule] as const))('%s', (_title, rule) =>
    rule.run(makeDevice()),
  );
});

test('[P44] killed before the old cache is removed, a device begins the next generation without it', async () => {
  const device = indexedDbDevice();
  const store = device.open();
  const doc = new Y.Doc();
  doc.getMap('m').set('refused', 'v');
  await store.writeCache(ROOM, [Y.encodeStateAsUpdate(doc)]);
  const update = Y.encodeStateAsUpdate(doc);
  vi.spyOn(Dexie, 'delete').mockImplementation(() => new Dexie.Promise(() => {}));
  const draft = { draftId: 'd', room: ROOM, reason: 'read-only', at: 1, edits: 1, update, refused: update } as const;
  expect(await store.putAside(draft, { generation: 0, holds: [] })).toBe(true);
  const again = new Y.Doc();
  await device.open().openCache(ROOM, again);
  expect(again.getMap('m').toJSON()).toEqual({});
});
