import type { AccountId } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';
import type { NewVersion, Sitting, Version } from './roomStore.ts';

// The versions of a room, inside the transactions of `SqliteLog`.

/** Stores of the first form do not say which sittings were open; none was ever compacted while one was. */
export function addOpenSittings(db: Database.Database): void {
  const columns = db.prepare<[], { name: string }>("SELECT name FROM pragma_table_info('versions')").all();
  if (columns.some(({ name }) => name === 'open')) return;
  db.exec("ALTER TABLE versions ADD COLUMN open TEXT NOT NULL DEFAULT '[]'");
}

export function addVersion(db: Database.Database, room: number, version: NewVersion): void {
  const { seq, at, accounts, open, snapshot } = version;
  db.prepare('INSERT INTO versions (room, seq, at, accounts, open, snapshot) VALUES (?, ?, ?, ?, ?, ?)').run(
    room,
    seq,
    at,
    JSON.stringify(accounts),
    JSON.stringify(open),
    snapshot,
  );
}

export function dropVersions(db: Database.Database, room: number, seqs: readonly number[]): void {
  const drop = db.prepare('DELETE FROM versions WHERE room = ? AND seq = ?');
  for (const seq of seqs) drop.run(room, seq);
}

export function versionsOf(db: Database.Database, room: number): Version[] {
  return db
    .prepare<[number], { seq: number; at: number; accounts: string; open: string }>(
      'SELECT seq, at, accounts, open FROM versions WHERE room = ? ORDER BY seq',
    )
    .all(room)
    .map(({ seq, at, accounts, open }) => ({
      seq,
      at,
      accounts: JSON.parse(accounts) as AccountId[],
      open: JSON.parse(open) as Sitting[],
    }));
}
