import { rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobHash, RoomName } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';

// How references end. What is decided is decided in one turn with what is removed: no upload comes between.

/** How long bytes stay that no document and no kept version refers to. */
export const UNREFERRED_MS = 30 * 24 * 60 * 60_000;

/** Stores of the first form never let go of anything. */
export function addReleased(db: Database.Database): void {
  const columns = db.prepare<[], { name: string }>("SELECT name FROM pragma_table_info('blob_refs')").all();
  if (!columns.some(({ name }) => name === 'released_at'))
    db.exec('ALTER TABLE blob_refs ADD COLUMN released_at INTEGER');
}

interface Settling {
  readonly room: RoomName;
  readonly referred: ReadonlySet<BlobHash>;
  readonly now: number;
}

/** See `BlobStore.settle`. */
export function settleRefs(db: Database.Database, { room, referred, now }: Settling): void {
  const needed = db.prepare('UPDATE blob_refs SET released_at = NULL WHERE room = ? AND hash = ?');
  const unneeded = db.prepare(
    'UPDATE blob_refs SET released_at = coalesce(released_at, ?) WHERE room = ? AND hash = ?',
  );
  const back = db.prepare(
    `INSERT OR IGNORE INTO blob_refs (room, hash, bytes, account, at)
     SELECT room, hash, bytes, account, at FROM former_refs WHERE room = ? AND hash = ?`,
  );
  const run = db.transaction(() => {
    for (const hash of referred) back.run(room, hash);
    for (const { hash } of db
      .prepare<[string], { hash: BlobHash }>('SELECT hash FROM blob_refs WHERE room = ?')
      .all(room)) {
      if (referred.has(hash)) needed.run(room, hash);
      else unneeded.run(now, room, hash);
    }
    endRefs(db, { room, now, releasedBefore: now - UNREFERRED_MS });
  });
  run.immediate();
}

/** @param ending.releasedBefore - ends those that were released by then (ms); all of the room when null */
export function endRefs(
  db: Database.Database,
  { room, now, releasedBefore }: { room: RoomName; now: number; releasedBefore: number | null },
): void {
  const which = releasedBefore === null ? 'room = ?' : 'room = ? AND released_at <= ?';
  const asked = releasedBefore === null ? [room] : [room, releasedBefore];
  const run = db.transaction(() => {
    db.prepare(
      `INSERT OR REPLACE INTO former_refs (room, hash, bytes, account, at, ended_at)
       SELECT room, hash, bytes, account, at, ? FROM blob_refs WHERE ${which}`,
    ).run(now, ...asked);
    db.prepare(`DELETE FROM blob_refs WHERE ${which}`).run(...asked);
  });
  run();
}

/** Whether a room refers to the blob, or did until lately. */
export function isKnown(db: Database.Database, hash: BlobHash): boolean {
  const find = 'SELECT 1 FROM blob_refs WHERE hash = ? UNION ALL SELECT 1 FROM former_refs WHERE hash = ? LIMIT 1';
  return db.prepare(find).get(hash, hash) !== undefined;
}

/**
 * Removes the files that nothing refers to since `before` (ms), then what is known of them; gives how many.
 *
 * @param remove - false when the file must stay for now
 */
export function removeFormer(db: Database.Database, before: number, remove: (hash: BlobHash) => boolean): number {
  const isReferred = db.prepare('SELECT 1 FROM blob_refs WHERE hash = ? LIMIT 1');
  const forget = db.prepare('DELETE FROM former_refs WHERE hash = ?');
  const ended = db
    .prepare<[number], { hash: BlobHash }>('SELECT hash FROM former_refs GROUP BY hash HAVING max(ended_at) <= ?')
    .all(before);
  let removed = 0;
  for (const { hash } of ended) {
    if (isReferred.get(hash) === undefined) {
      if (!remove(hash)) continue;
      removed += 1;
    }
    forget.run(hash);
  }
  return removed;
}

/** Removes files that came before `before` (ms) and that nobody ever referred to: a crash came between. Gives how many. */
export async function removeStrays(
  folder: string,
  before: number,
  isStray: (hash: BlobHash) => boolean,
): Promise<number> {
  let removed = 0;
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    if (!file.isFile() || !/^[0-9a-f]{64}$/.test(file.name) || !isStray(file.name as BlobHash)) continue;
    const { mtimeMs } = await stat(path);
    if (mtimeMs > before || !isStray(file.name as BlobHash)) continue;
    rmSync(path, { force: true });
    removed += 1;
  }
  return removed;
}
