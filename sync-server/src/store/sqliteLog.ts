import { randomBytes } from 'node:crypto';
import type { AccountId, Epoch, RoomName } from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { type Entry, ErasedRoomError, type RoomBatch, type StoredRoom, type Version } from './roomStore.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    epoch TEXT NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0,
    snapshot BLOB,
    snapshot_seq INTEGER NOT NULL DEFAULT 0,
    erased_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    room INTEGER NOT NULL REFERENCES rooms(id),
    seq INTEGER NOT NULL,
    data BLOB NOT NULL,
    account TEXT NOT NULL,
    session TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (room, seq)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS versions (
    room INTEGER NOT NULL REFERENCES rooms(id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    accounts TEXT NOT NULL,
    snapshot BLOB NOT NULL,
    UNIQUE (room, seq)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS filler (id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL) STRICT;
`;

// A few bytes often still fit on a disk that takes no edit any more: a probe that writes only these would say “works” each second.
const PROBE_BYTES = 64 * 1024;

interface RoomRow {
  readonly id: number;
  readonly epoch: Epoch;
  readonly last_seq: number;
  readonly snapshot: Uint8Array | null;
  readonly snapshot_seq: number;
  readonly erased_at: number | null;
}

interface EntryRow {
  readonly seq: number;
  readonly data: Uint8Array;
  readonly account: AccountId;
  readonly session: string;
  readonly at: number;
}

/** The log in one SQLite file, synchronous: it runs in the worker, where waiting for the disk stops nobody. */
export class SqliteLog {
  readonly #db: Database.Database;

  constructor(file: string) {
    this.#db = new Database(file);
    // FULL makes each commit wait for the disk: without it WAL loses the last commits with the power.
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('foreign_keys = ON');
    this.#db.exec(SCHEMA);
  }

  load(room: RoomName): StoredRoom {
    const row = this.#find(room) ?? this.#create(room);
    return {
      epoch: row.epoch,
      seq: row.last_seq,
      snapshot: row.snapshot && plain(row.snapshot),
      tail: this.#entries(row.id, row.snapshot_seq),
    };
  }

  append(batch: readonly RoomBatch[]): { lastSeq: number }[] {
    return this.#db.transaction(() => batch.map((one) => ({ lastSeq: this.#appendTo(one) }))).immediate();
  }

  since(room: RoomName, epoch: Epoch, seq: number): Entry[] | 'reset' {
    const row = this.#find(room);
    if (!row || row.epoch !== epoch || seq < row.snapshot_seq || seq > row.last_seq) return 'reset';
    return this.#entries(row.id, seq);
  }

  compact(room: RoomName, uptoSeq: number, snapshotV2: Uint8Array): void {
    const run = this.#db.transaction(() => {
      const row = this.#find(room);
      if (!row || uptoSeq <= row.snapshot_seq || uptoSeq > row.last_seq) {
        throw new RangeError(`no prefix of ${room} ends at ${uptoSeq}`);
      }
      const folded = this.#db
        .prepare<[number, number], EntryRow>('SELECT * FROM entries WHERE room = ? AND seq <= ? ORDER BY seq')
        .all(row.id, uptoSeq);
      const accounts = JSON.stringify([...new Set(folded.map((entry) => entry.account))]);
      this.#db
        .prepare('INSERT INTO versions (room, seq, at, accounts, snapshot) VALUES (?, ?, ?, ?, ?)')
        .run(row.id, uptoSeq, folded.at(-1)?.at ?? 0, accounts, snapshotV2);
      this.#db.prepare('UPDATE rooms SET snapshot = ?, snapshot_seq = ? WHERE id = ?').run(snapshotV2, uptoSeq, row.id);
      this.#db.prepare('DELETE FROM entries WHERE room = ? AND seq <= ?').run(row.id, uptoSeq);
    });
    run.immediate();
  }

  versions(room: RoomName): Version[] {
    const row = this.#find(room);
    if (!row) return [];
    return this.#db
      .prepare<[number], { seq: number; at: number; accounts: string; snapshot: Uint8Array }>(
        'SELECT seq, at, accounts, snapshot FROM versions WHERE room = ? ORDER BY seq',
      )
      .all(row.id)
      .map((version) => ({
        seq: version.seq,
        at: version.at,
        accounts: JSON.parse(version.accounts) as AccountId[],
        snapshot: plain(version.snapshot),
      }));
  }

  erase(room: RoomName): void {
    const run = this.#db.transaction(() => {
      const { id } = this.#find(room) ?? this.#create(room);
      this.#db.prepare('DELETE FROM entries WHERE room = ?').run(id);
      this.#db.prepare('DELETE FROM versions WHERE room = ?').run(id);
      this.#db.prepare('UPDATE rooms SET snapshot = NULL, erased_at = ? WHERE id = ?').run(Date.now(), id);
    });
    run.immediate();
  }

  probe(): void {
    const run = this.#db.transaction(() => {
      this.#db.prepare('INSERT OR REPLACE INTO probe (id, at) VALUES (1, ?)').run(Date.now());
      this.#db.prepare('INSERT OR REPLACE INTO filler (id, bytes) VALUES (1, zeroblob(?))').run(PROBE_BYTES);
    });
    run.immediate();
    this.#db.prepare('DELETE FROM filler').run();
  }

  close(): void {
    this.#db.close();
  }

  #find(room: RoomName): RoomRow | undefined {
    const row = this.#db.prepare<[string], RoomRow>('SELECT * FROM rooms WHERE name = ?').get(room);
    if (row && row.erased_at !== null) throw new ErasedRoomError(room);
    return row;
  }

  #create(room: RoomName): RoomRow {
    const epoch = randomBytes(16).toString('hex');
    const { lastInsertRowid } = this.#db.prepare('INSERT INTO rooms (name, epoch) VALUES (?, ?)').run(room, epoch);
    return { id: Number(lastInsertRowid), epoch, last_seq: 0, snapshot: null, snapshot_seq: 0, erased_at: null };
  }

  #appendTo({ room, entries }: RoomBatch): number {
    const row = this.#find(room) ?? this.#create(room);
    const insert = this.#db.prepare(
      'INSERT INTO entries (room, seq, data, account, session, at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    let seq = row.last_seq;
    for (const entry of entries) {
      seq += 1;
      insert.run(row.id, seq, entry.update, entry.account, entry.session, entry.at);
    }
    this.#db.prepare('UPDATE rooms SET last_seq = ? WHERE id = ?').run(seq, row.id);
    return seq;
  }

  #entries(id: number, afterSeq: number): Entry[] {
    return this.#db
      .prepare<[number, number], EntryRow>('SELECT * FROM entries WHERE room = ? AND seq > ? ORDER BY seq')
      .all(id, afterSeq)
      .map(({ seq, data, account, session, at }) => ({ seq, update: plain(data), account, session, at }));
  }
}

// A Buffer crosses threads as a Uint8Array, and compares unequal to one: say Uint8Array from the start.
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
