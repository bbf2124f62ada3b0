import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AccountId, RoomName } from '@liasse/core/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteLog } from '../../sync-server/src/store/sqliteLog.ts';
import { say, temporaryFolder } from './support/site.ts';

const ROWS = 5;
const ROOM = RoomName.parse(`${'a'.repeat(24)}/board`);

test('[S2] the log of a small store cut at every byte: it opens, and only a suffix that no sync had made safe is gone', () => {
  const folder = temporaryFolder();
  const live = join(folder, 'live');
  mkdirSync(live);
  const file = join(live, 'rooms.sqlite');
  const log = new SqliteLog(file);
  const { epoch } = log.load(ROOM);
  /** How long the log was when each row had been appended. */
  const safeAt: number[] = [];
  const updates = Array.from({ length: ROWS }, (_, n) => new Uint8Array(40 + 900 * (n % 3)).fill(n + 1));
  for (const update of updates) {
    log.append([{ room: ROOM, entries: [{ update, account: 'a' as AccountId, session: 's', at: 1 }] }]);
    safeAt.push(readFileSync(`${file}-wal`).length);
  }
  const [database, wal] = [readFileSync(file), readFileSync(`${file}-wal`)];
  log.close();
  expect(safeAt.at(-1)).toBe(wal.length);

  // In memory: a hundred thousand databases that each wait for a disk would take an hour.
  const cut = join('/dev/shm', `liasse-cut-${process.pid}`);
  onTestFinished(() => rmSync(cut, { recursive: true, force: true }));
  for (let length = 0; length <= wal.length; length += 1) {
    rmSync(cut, { recursive: true, force: true });
    mkdirSync(cut);
    writeFileSync(join(cut, 'rooms.sqlite'), database);
    writeFileSync(join(cut, 'rooms.sqlite-wal'), wal.subarray(0, length));
    const after = new SqliteLog(join(cut, 'rooms.sqlite'));
    const stored = after.load(ROOM);
    const safe = safeAt.filter((at) => at <= length).length;
    expect(stored.tail.length, `cut at ${length}`).toBe(safe);
    expect(stored.seq).toBe(safe);
    stored.tail.forEach(({ update }, index) => {
      expect(Buffer.compare(update, updates[index] as Uint8Array)).toBe(0);
    });
    if (safe > 0) expect(stored.epoch).toBe(epoch);
    // And it is written on from there.
    if (length % 997 === 0) {
      after.append([
        { room: ROOM, entries: [{ update: new Uint8Array(9), account: 'a' as AccountId, session: 's', at: 2 }] },
      ]);
      expect(after.load(ROOM).seq).toBe(safe + 1);
    }
    after.close();
  }
  say(
    `log of ${ROWS} rows cut at each of its ${wal.length + 1} lengths: opens, and has exactly the rows whose sync had ended`,
  );
});
