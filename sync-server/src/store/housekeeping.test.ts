import { existsSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type AccountId, BLOBS_ROOT, type BlobHash, newId, type RoomName, type TeamId } from '@liasse/core/protocol';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { hashOf } from '../testing/populated.ts';
import { random, temporaryFolder } from '../testing/testServer.ts';
import { UNREFERRED_MS } from './blobRefs.ts';
import { openBlobStore } from './blobStore.ts';
import { rootKeys } from './compactRoom.ts';
import { sweepBlobs } from './housekeeping.ts';
import { memoryRoomStore } from './memoryRoomStore.ts';
import { type RoomSource, readSource } from './readRoom.ts';

const DAY_MS = 24 * 60 * 60_000;
const account = 'account-ines' as AccountId;
const newRoom = () => `${newId<TeamId>(random)}/dossier/${newId(random)}` as RoomName;

async function site() {
  const folder = await temporaryFolder();
  let clock = Date.now();
  const store = memoryRoomStore(() => 'epoch');
  const open = () => openBlobStore(folder, () => clock);
  let blobs = open();
  onTestFinished(() => blobs.close());
  const logged: string[] = [];
  const thread = { keys: async (source: RoomSource, root: string) => rootKeys(readSource(source), root) };
  const docs = new Map<RoomName, Y.Doc>();
  return {
    store,
    folder,
    logged,
    get blobs() {
      return blobs;
    },
    pass: (ms: number) => {
      clock += ms;
    },
    sweep: () => sweepBlobs({ store, blobs, thread, log: (event) => logged.push(event) }),
    restart: () => {
      blobs.close();
      blobs = open();
    },
    put: async (room: RoomName, text: string): Promise<BlobHash> => {
      const bytes = new TextEncoder().encode(text);
      const hash = hashOf(bytes) as BlobHash;
      await blobs.put(Readable.from([Buffer.from(bytes)]), { hash, room, account });
      return hash;
    },
    /** The document of a room refers to a blob, or no longer. */
    refer: async (room: RoomName, hash: BlobHash, does = true): Promise<void> => {
      const doc = docs.get(room) ?? new Y.Doc();
      docs.set(room, doc);
      const before = Y.encodeStateVector(doc);
      if (does) doc.getMap(BLOBS_ROOT).set(hash, { bytes: 1 });
      else doc.getMap(BLOBS_ROOT).delete(hash);
      const update = Y.encodeStateAsUpdate(doc, before);
      await store.append([{ room, entries: [{ update, account, session: 's', at: clock }] }]);
    },
    compact: async (room: RoomName): Promise<void> => {
      const { seq } = await store.load(room);
      await store.compact(room, seq, Y.encodeStateAsUpdateV2(docs.get(room) ?? new Y.Doc()));
    },
    isThere: (hash: BlobHash) => existsSync(join(folder, hash.slice(0, 2), hash)),
  };
}

describe('blobs that nothing refers to', () => {
  test('[S167] they go thirty days after the document let go of them, and a day after the last reference', async () => {
    const { blobs, put, refer, sweep, pass, isThere } = await site();
    const room = newRoom();
    const [kept, released] = [await put(room, 'kept'), await put(room, 'released')];
    await refer(room, kept);
    await refer(room, released);
    pass(400 * DAY_MS);
    await sweep();
    await refer(room, released, false);
    await sweep();
    pass(UNREFERRED_MS - 1);
    await sweep();
    expect(await blobs.get(room, released)).not.toBeNull();
    pass(1);
    await sweep();
    expect(await blobs.get(room, released)).toBeNull();
    expect(isThere(released)).toBe(true);
    pass(DAY_MS);
    await sweep();
    expect(isThere(released)).toBe(false);
    expect(await blobs.get(room, kept)).not.toBeNull();
  });

  test('[S167] one that another room, or a version that is kept, refers to stays', async () => {
    const { blobs, put, refer, compact, store, sweep, pass } = await site();
    const [room, other] = [newRoom(), newRoom()];
    const hash = await put(room, 'shared');
    await put(other, 'shared');
    await refer(room, hash);
    await refer(other, hash);
    await compact(room);
    await refer(room, hash, false);
    await refer(other, hash, false);
    for (let n = 0; n < 3; n += 1) {
      await sweep();
      pass(UNREFERRED_MS + DAY_MS);
    }
    expect(await blobs.get(room, hash)).not.toBeNull();
    expect(await blobs.get(other, hash)).toBeNull();
    await store.dropVersions(room, [1]);
    for (let n = 0; n < 3; n += 1) {
      await sweep();
      pass(UNREFERRED_MS + DAY_MS);
    }
    expect(await blobs.get(room, hash)).toBeNull();
  });

  test('[S167] one that is put or referred to again comes back, until its bytes are gone', async () => {
    const { blobs, put, refer, sweep, pass, isThere } = await site();
    const room = newRoom();
    const hash = await put(room, 'again');
    await sweep();
    pass(UNREFERRED_MS);
    await sweep();
    expect(await blobs.get(room, hash)).toBeNull();
    await refer(room, hash);
    pass(DAY_MS);
    await sweep();
    expect(await blobs.get(room, hash)).not.toBeNull();
    expect(isThere(hash)).toBe(true);
    await refer(room, hash, false);
    await sweep();
    pass(UNREFERRED_MS - 1);
    await put(room, 'again');
    pass(1);
    await sweep();
    expect(await blobs.get(room, hash)).not.toBeNull();
  });

  test('[S167] of a room that cannot be read nothing is let go, and that is said', async () => {
    const { blobs, put, refer, store, sweep, pass, logged } = await site();
    const room = newRoom();
    const hash = await put(room, 'kept');
    await refer(room, hash);
    const update = new Uint8Array([1, 1, 1, 0, 255, 255]);
    await store.append([{ room, entries: [{ update, account, session: 's', at: 0 }] }]);
    for (let n = 0; n < 3; n += 1) {
      await sweep();
      pass(UNREFERRED_MS + DAY_MS);
    }
    expect(await blobs.get(room, hash)).not.toBeNull();
    expect(logged).toContain('blobs-not-swept');
  });

  test('[S168] those of an erased room are let go at once, also when the server stopped in between', async () => {
    const { put, refer, store, sweep, pass, isThere, blobs } = await site();
    const [room, other] = [newRoom(), newRoom()];
    const [hash, shared] = [await put(room, 'secret'), await put(room, 'shared')];
    await put(other, 'shared');
    await refer(room, hash);
    await refer(other, shared);
    await store.erase(room);
    await sweep();
    expect(await blobs.get(room, hash)).toBeNull();
    pass(DAY_MS);
    await sweep();
    expect([isThere(hash), isThere(shared)]).toEqual([false, true]);
  });

  test('[S168] a sweep that is cut off anywhere loses nothing and is finished by the next', async () => {
    const around = await site();
    const { put, refer, sweep, pass, isThere, store } = around;
    const rooms = [newRoom(), newRoom(), newRoom()];
    const kept = await Promise.all(rooms.map((room) => put(room, `kept ${room}`)));
    const gone = await Promise.all(rooms.map((room) => put(room, `gone ${room}`)));
    for (const [index, room] of rooms.entries()) await refer(room, kept[index] as BlobHash);
    await sweep();
    pass(UNREFERRED_MS + DAY_MS);
    for (let stop = 1; stop < 8; stop += 1) {
      let reads = 0;
      const { load } = store;
      store.load = (room) => {
        reads += 1;
        return reads === stop ? Promise.reject(new Error('killed')) : load(room);
      };
      await sweep().catch(() => {});
      store.load = load;
      around.restart();
      for (const [index, room] of rooms.entries()) {
        expect(await around.blobs.get(room, kept[index] as BlobHash)).not.toBeNull();
      }
    }
    pass(DAY_MS);
    await sweep();
    expect(kept.map(isThere)).toEqual([true, true, true]);
    expect(gone.map(isThere)).toEqual([false, false, false]);
  });

  test('[S168] a file whose reference a crash kept from being written goes, once it is as old', async () => {
    const { folder, sweep, isThere } = await site();
    const strays = ['old', 'young'].map((text) => hashOf(new TextEncoder().encode(text)) as BlobHash);
    for (const hash of strays) {
      await mkdir(join(folder, hash.slice(0, 2)), { recursive: true });
      await writeFile(join(folder, hash.slice(0, 2), hash), 'x');
    }
    const [old] = strays as [BlobHash, BlobHash];
    const longAgo = (Date.now() - UNREFERRED_MS - 1_000) / 1000;
    utimesSync(join(folder, old.slice(0, 2), old), longAgo, longAgo);
    await sweep();
    expect(strays.map(isThere)).toEqual([false, true]);
  });
});
