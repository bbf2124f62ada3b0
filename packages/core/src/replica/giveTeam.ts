import * as Y from 'yjs';
import { BlobHash, newId, type TeamId } from '../index.ts';
import { type RoomName, roomParts } from '../protocol/index.ts';
import type { DeviceStore, JournalRow } from './deviceStore.ts';
import { readHeldDocument } from './heldDocument.ts';
import type { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';
import type { GivenRoom, Replica } from './types.ts';

/**
 * Gives a team's rooms to another scope of this device: a local team that goes to a server. Nothing is renumbered and no struct is made
 * anew, so that giving twice, or after having been stopped, gives the same.
 *
 * @see SPEC.md P28
 */
export async function giveTeam(store: DeviceStore, team: TeamId, to: Pick<Replica, 'take'>): Promise<number> {
  let given = 0;
  for (const held of await store.heldRooms()) {
    if (roomParts(held.room).team !== team) continue;
    const doc = await readHeldDocument(store, held);
    try {
      const blobs = await blobsOf(store, doc);
      if (await to.take({ room: held.room, update: Y.encodeStateAsUpdate(doc), blobs })) given += 1;
    } finally {
      doc.destroy();
    }
  }
  return given;
}

/** Every document lists the blobs that it refers to, by hash. One that this device does not have, nobody has. */
async function blobsOf(store: DeviceStore, doc: Y.Doc): Promise<Blob[]> {
  const hashes = [...doc.getMap('blobs').keys()].flatMap((key) => BlobHash.safeParse(key).data ?? []);
  const blobs = await Promise.all(hashes.map((hash) => store.getBlob(hash)));
  return blobs.filter((blob) => blob !== null);
}

/** Takes a room as one row of the journal, to be sent like any other: durable when it resolves. */
export async function takeRoom(
  host: SessionHost,
  { room, update }: Pick<GivenRoom, 'room' | 'update'>,
  session: DocumentSession | null,
): Promise<boolean> {
  const { store, ports, ledger, contexts, names } = host;
  if (!(await isNews(store, room, update))) return false;
  const at = ports.clock.now();
  const row: JournalRow = { rowId: newId(ports.random), room, update, at, edits: 1, recordedSeq: null };
  await store.appendRows([row]);
  ledger.add([row]);
  const told = [{ rowId: row.rowId, edits: row.edits, update }];
  contexts.post({ kind: 'rows', room, rows: told });
  session?.hearRows(told);
  await ports.sentinel.add(names.sentinel(room, await store.generationOf(room))).catch(() => {});
  return true;
}

async function isNews(store: DeviceStore, room: RoomName, update: Uint8Array): Promise<boolean> {
  const isCached = (await store.heldRooms()).some((held) => held.room === room && held.isCached);
  const doc = await readHeldDocument(store, { room, isCached });
  let isNew = false;
  doc.on('update', () => {
    isNew = true;
  });
  Y.applyUpdate(doc, update);
  doc.destroy();
  return isNew;
}

/** Rows and uploads of a team that the server has not recorded. */
export async function waitingOf(store: DeviceStore, team: TeamId): Promise<number> {
  const of = ({ room }: { readonly room: RoomName }) => roomParts(room).team === team;
  const [rows, uploads] = await Promise.all([store.unsentRows(), store.uploads()]);
  return rows.filter(of).length + uploads.filter(of).length;
}
