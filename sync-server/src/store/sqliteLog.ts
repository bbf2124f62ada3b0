import { randomBytes } from 'node:crypto';
import type { Epoch, RoomName, TeamId } from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { preparedOnce } from './preparedOnce.ts';
import { type EntryRow, entriesAfter, findRoom, plain, type RoomRow, storedRoom } from './readRoom.ts';
import type {
  Backlog,
  Entry,
  KeptVersions,
  NewVersion,
  RoomBatch,
  RoomChange,
  RoomChanges,
  StoredRoom,
  Version,
} from './roomStore.ts';
import { addOpenSittings, addVersion, dropVersions, versionsOf } from './sqliteVersions.ts';

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

/** Added to a log that has none: when each room last changed, and whose numbers these are. */
const CHANGES = `
  ALTER TABLE rooms ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
  UPDATE rooms SET change = id WHERE last_seq > 0 OR erased_at IS NOT NULL;
`;
const CHANGES_INDEX = `
  CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL) STRICT;
  INSERT OR IGNORE INTO log (id, name) VALUES (1, lower(hex(randomblob(16))));
  CREATE INDEX IF NOT EXISTS rooms_by_change ON rooms (substr(name, 1, 24), change);
`;

interface ChangeRow {
  readonly name: RoomName;
  readonly epoch: Epoch;
  readonly last_seq: number;
  readonly erased_at: number | null;
  readonly change: number;
}

/** The log in one SQLite file, synchronous: it runs in the worker, where waiting for the disk stops nobody. */
export class SqliteLog {
  readonly #db: Database.Database;
  readonly #logName: string;
  #lastChange: number;

  constructor(file: string) {
    this.#db = preparedOnce(new Database(file));
    // FULL makes each commit wait for the disk: without it WAL loses the last commits with the power.
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('foreign_keys = ON');
    // What is deleted (rows that were compacted, erased rooms) is overwritten: free pages would keep it for years.
    this.#db.pragma('secure_delete = ON');
    this.#db.exec(SCHEMA);
    addOpenSittings(this.#db);
    const columns = this.#db.prepare<[], { name: string }>("SELECT name FROM pragma_table_info('rooms')").all();
    const isOld = !columns.some(({ name }) => name === 'change');
    this.#db.transaction(() => this.#db.exec(isOld ? CHANGES + CHANGES_INDEX : CHANGES_INDEX)).immediate();
    this.#logName = this.#db.prepare<[], { name: string }>('SELECT name FROM log').get()?.name ?? '';
    // The one writer counts in memory: a commit that fails leaves a gap in the numbers, and no number twice.
    this.#lastChange =
      this.#db.prepare<[], { last: number | null }>('SELECT max(change) AS last FROM rooms').get()?.last ?? 0;
  }

  load(room: RoomName): StoredRoom {
    const row = this.#find(room) ?? this.#create(room);
    return storedRoom(this.#db, row);
  }

  append(batch: readonly RoomBatch[]): { lastSeq: number }[] {
    return this.#db.transaction(() => batch.map((one) => ({ lastSeq: this.#appendTo(one) }))).immediate();
  }

  since(room: RoomName, epoch: Epoch, seq: number): Entry[] | 'reset' {
    const row = this.#find(room);
    if (!row || row.epoch !== epoch || seq < row.snapshot_seq || seq > row.last_seq) return 'reset';
    return entriesAfter(this.#db, row.id, seq);
  }

  compact(room: RoomName, uptoSeq: number, snapshotV2: Uint8Array, kept?: KeptVersions): void {
    const run = this.#db.transaction(() => {
      const row = this.#find(room);
      if (!row || uptoSeq <= row.snapshot_seq || uptoSeq > row.last_seq) {
        throw new RangeError(`no prefix of ${room} ends at ${uptoSeq}`);
      }
      const { added, dropped } = kept ?? { added: [this.#whole(row.id, uptoSeq, snapshotV2)], dropped: [] };
      dropVersions(this.#db, row.id, dropped);
      for (const version of added) addVersion(this.#db, row.id, version);
      this.#db.prepare('UPDATE rooms SET snapshot = ?, snapshot_seq = ? WHERE id = ?').run(snapshotV2, uptoSeq, row.id);
      this.#db.prepare('DELETE FROM entries WHERE room = ? AND seq <= ?').run(row.id, uptoSeq);
    });
    run.immediate();
  }

  versions(room: RoomName): Version[] {
    const row = this.#find(room);
    return row ? versionsOf(this.#db, row.id) : [];
  }

  version(room: RoomName, seq: number): Uint8Array | null {
    const found = this.#db
      .prepare<[number, number], { snapshot: Uint8Array }>('SELECT snapshot FROM versions WHERE room = ? AND seq = ?')
      .get(this.#find(room)?.id ?? 0, seq);
    return found ? plain(found.snapshot) : null;
  }

  dropVersions(room: RoomName, seqs: readonly number[]): void {
    const run = this.#db.transaction(() => {
      const row = this.#find(room);
      if (row) dropVersions(this.#db, row.id, seqs);
    });
    run.immediate();
  }

  backlogs(rooms?: readonly RoomName[]): Backlog[] {
    const measure = 'count(*) AS rows, sum(length(data)) AS bytes, max(at) AS lastAt';
    const join = 'FROM entries JOIN rooms ON rooms.id = entries.room';
    if (!rooms) {
      return this.#db.prepare<[], Backlog>(`SELECT name AS room, ${measure} ${join} GROUP BY rooms.id`).all();
    }
    const one = this.#db.prepare<[string], Backlog>(
      `SELECT name AS room, ${measure} ${join} WHERE name = ? GROUP BY rooms.id`,
    );
    return rooms.flatMap((room) => one.get(room) ?? []);
  }

  rooms(): RoomName[] {
    return this.#db
      .prepare<[], { name: RoomName }>('SELECT name FROM rooms WHERE erased_at IS NULL ORDER BY id')
      .all()
      .map(({ name }) => name);
  }

  erase(room: RoomName): void {
    const run = this.#db.transaction(() => {
      const { id } = this.#find(room) ?? this.#create(room);
      this.#db.prepare('DELETE FROM entries WHERE room = ?').run(id);
      this.#db.prepare('DELETE FROM versions WHERE room = ?').run(id);
      this.#db
        .prepare('UPDATE rooms SET snapshot = NULL, erased_at = ?, change = ? WHERE id = ?')
        .run(Date.now(), this.#nextChange(), id);
    });
    run.immediate();
    // The log of writes holds what was removed until it is begun anew. A backup that reads just now puts that off to its end.
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  changes(team: TeamId, after: number, limit: number): RoomChanges {
    const rows = this.#db
      .prepare<[string, number, number], ChangeRow>(
        'SELECT name, epoch, last_seq, erased_at, change FROM rooms WHERE substr(name, 1, 24) = ? AND change > ? ORDER BY change LIMIT ?',
      )
      .all(team, after, limit);
    return { log: this.#logName, changes: rows.map(changeOf) };
  }

  standing(rooms: readonly RoomName[]): RoomChanges {
    const find = this.#db.prepare<[string], ChangeRow>(
      'SELECT name, epoch, last_seq, erased_at, change FROM rooms WHERE name = ? AND change > 0',
    );
    const rows = rooms.flatMap((room) => find.get(room) ?? []);
    return { log: this.#logName, changes: rows.map(changeOf).sort((a, b) => a.change - b.change) };
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
    return findRoom(this.#db, room);
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
    this.#db.prepare('UPDATE rooms SET last_seq = ?, change = ? WHERE id = ?').run(seq, this.#nextChange(), row.id);
    return seq;
  }

  #nextChange(): number {
    this.#lastChange += 1;
    return this.#lastChange;
  }

  #whole(id: number, uptoSeq: number, snapshot: Uint8Array): NewVersion {
    const folded = this.#db
      .prepare<[number, number], Pick<EntryRow, 'account' | 'at'>>(
        'SELECT account, at FROM entries WHERE room = ? AND seq <= ? ORDER BY seq',
      )
      .all(id, uptoSeq);
    const accounts = [...new Set(folded.map(({ account }) => account))];
    return { seq: uptoSeq, at: folded.at(-1)?.at ?? 0, accounts, open: [], snapshot };
  }
}

const changeOf = ({ name, epoch, last_seq, erased_at, change }: ChangeRow): RoomChange => ({
  room: name,
  epoch,
  seq: last_seq,
  isErased: erased_at !== null,
  change,
});
