import * as Y from 'yjs';
import { type Clock, newId, type Randomness } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { DeviceStore, JournalRow } from './deviceStore.ts';

/** Rows of a room past which a journal without an acknowledging server is folded. */
const FOLD_ROWS = 100;

/**
 * Lets go of the journal rows of a room that the server has recorded and the cache holds: re-applied to a fresh document
 * read from the cache, they change nothing and leave nothing pending.
 *
 * @param repair - given each row that the cache lacks, so that the next sweep may find it
 * @returns how many rows are left that the server has recorded
 * @see SPEC.md P6
 */
export async function sweep(
  store: DeviceStore,
  room: RoomName,
  repair: (update: Uint8Array) => void = () => {},
): Promise<number> {
  const recorded = (await store.rowsOf(room)).filter((row) => row.recordedSeq !== null);
  if (recorded.length === 0) return 0;
  const cached = await store.readCache(room);
  const held = heldBy(cached, recorded, repair);
  if (held.length > 0) await store.removeRows(held);
  return recorded.length - held.length;
}

function heldBy(
  cached: readonly Uint8Array[],
  rows: readonly JournalRow[],
  repair: (update: Uint8Array) => void,
): string[] {
  const fresh = new Y.Doc();
  try {
    for (const update of cached) Y.applyUpdate(fresh, update);
  } catch {
    // A cache that cannot be read whole holds nothing for sure.
    for (const row of rows) repair(row.update);
    return [];
  }
  let changed = false;
  fresh.on('update', () => {
    changed = true;
  });
  const held: string[] = [];
  for (const row of rows) {
    changed = false;
    try {
      Y.applyUpdate(fresh, row.update);
    } catch {
      continue;
    }
    if (!changed && fresh.store.pendingStructs === null && fresh.store.pendingDs === null) held.push(row.rowId);
    else repair(row.update);
  }
  fresh.destroy();
  return held;
}

/**
 * Folds the rows of a room into one that holds the whole document: where no server acknowledges, rows would pile up for
 * ever, and the cache alone is not to be trusted with them.
 *
 * @see SPEC.md P7
 */
export async function fold(
  store: DeviceStore,
  room: RoomName,
  { clock, random }: { clock: Clock; random: Randomness },
): Promise<{ readonly row: JournalRow; readonly rowIds: readonly string[] } | null> {
  const rows = await store.rowsOf(room);
  if (rows.length < FOLD_ROWS) return null;
  const whole = new Y.Doc();
  for (const row of rows) Y.applyUpdate(whole, row.update);
  const row: JournalRow = {
    rowId: newId(random),
    room,
    update: Y.encodeStateAsUpdate(whole),
    at: clock.now(),
    edits: rows.reduce((sum, { recordedSeq, edits }) => sum + (recordedSeq === null ? edits : 0), 0),
    recordedSeq: null,
  };
  whole.destroy();
  const rowIds = rows.map(({ rowId }) => rowId);
  await store.replaceRows(rowIds, row);
  return { row, rowIds };
}
