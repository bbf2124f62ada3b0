import * as Y from 'yjs';
import type { RoomName } from '../protocol/index.ts';
import type { DeviceStore, HeldRoom } from './deviceStore.ts';

/**
 * What this device holds of a document, in a document of its own: nothing is written, asked of the network or kept open.
 * What cannot be read is left out. Whoever asked destroys it.
 */
export async function readHeldDocument(
  store: Pick<DeviceStore, 'readCache' | 'rowsOf'>,
  { room, isCached }: HeldRoom,
): Promise<Y.Doc> {
  const cached = isCached ? await store.readCache(room) : [];
  const rows = await store.rowsOf(room);
  const doc = new Y.Doc();
  for (const update of [...cached, ...rows.map((row) => row.update)]) {
    try {
      Y.applyUpdate(doc, update);
    } catch {
      // A torn row of the cache: the journal or the server has what it said, and the document is read again by then.
    }
  }
  return doc;
}

/** Rooms with rows and rooms with a cache, as one list. */
export function heldRoomsOf(journaled: readonly RoomName[], cached: readonly RoomName[]): HeldRoom[] {
  const caches = new Set(cached);
  return [...new Set([...journaled, ...cached])].sort().map((room) => ({ room, isCached: caches.has(room) }));
}
