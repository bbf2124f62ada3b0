import type { AccountId, Epoch, RoomName } from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { type Entry, ErasedRoomError, type StoredRoom } from './roomStore.ts';

/** A room as its file has it. */
export interface RoomRow {
  readonly id: number;
  readonly epoch: Epoch;
  readonly last_seq: number;
  readonly snapshot: Uint8Array | null;
  readonly snapshot_seq: number;
  readonly erased_at: number | null;
}

export interface EntryRow {
  readonly seq: number;
  readonly data: Uint8Array;
  readonly account: AccountId;
  readonly session: string;
  readonly at: number;
}

/** What is needed of a room to fold it: the thing itself, or where a thread finds it without disturbing who writes. */
export type RoomSource =
  | { readonly stored: Pick<StoredRoom, 'snapshot' | 'tail'> }
  | { readonly file: string; readonly room: RoomName };

export function readSource(source: RoomSource): Pick<StoredRoom, 'snapshot' | 'tail'> {
  if ('stored' in source) return source.stored;
  const db = new Database(source.file, { readonly: true, fileMustExist: true, timeout: 30_000 });
  try {
    // One moment for both: a compaction between the two would leave a gap.
    const read = db.transaction(() => {
      const row = findRoom(db, source.room);
      return row ? storedRoom(db, row) : { snapshot: null, tail: [] };
    });
    return read();
  } finally {
    db.close();
  }
}

/** @throws {ErasedRoomError} */
export function findRoom(db: Database.Database, room: RoomName): RoomRow | undefined {
  const row = db.prepare<[string], RoomRow>('SELECT * FROM rooms WHERE name = ?').get(room);
  if (row && row.erased_at !== null) throw new ErasedRoomError(room);
  return row;
}

export function storedRoom(db: Database.Database, row: RoomRow): StoredRoom {
  return {
    epoch: row.epoch,
    seq: row.last_seq,
    snapshot: row.snapshot && plain(row.snapshot),
    tail: entriesAfter(db, row.id, row.snapshot_seq),
  };
}

export function entriesAfter(db: Database.Database, id: number, afterSeq: number): Entry[] {
  return db
    .prepare<[number, number], EntryRow>('SELECT * FROM entries WHERE room = ? AND seq > ? ORDER BY seq')
    .all(id, afterSeq)
    .map(({ seq, data, account, session, at }) => ({ seq, update: plain(data), account, session, at }));
}

/** A Buffer crosses threads as a Uint8Array, and compares unequal to one: say Uint8Array from the start. */
export const plain = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
