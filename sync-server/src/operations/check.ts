import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { checkBlobs } from './checkBlobs.ts';
import { checkReceipts } from './checkReceipts.ts';
import { checkRooms } from './checkRooms.ts';
import { counted, DATABASES, type DatabaseName, openToRead, requireData } from './dataFolder.ts';

/** What was looked at, and what is wrong with it: sentences for who runs the server. */
export interface CheckReport {
  readonly looked: readonly string[];
  readonly wrong: readonly string[];
}

/** Reads all of a data folder again and changes nothing, also while a server writes to it. @throws {CommandError} without data */
export function check(folder: string): CheckReport {
  requireData(folder);
  const looked: string[] = [];
  const wrong: string[] = [];
  const checks: Record<DatabaseName, (db: Database.Database) => { looked: string; wrong: string[] }> = {
    'rooms.sqlite': checkRooms,
    'receipts.sqlite': (db) => checkReceipts(db, readFileSync(join(folder, 'receipt-key.pem'), 'utf8')),
    'blobs/refs.sqlite': (db) => checkBlobs(db, folder),
    'accounts.sqlite': checkAccounts,
  };
  for (const name of DATABASES) {
    const found = checkDatabase(join(folder, name), name, checks[name]);
    looked.push(found.looked);
    wrong.push(...found.wrong);
  }
  if (readFileSync(join(folder, 'secret'), 'utf8').length < 32)
    wrong.push('secret is too short to sign sessions with.');
  return { looked, wrong };
}

function checkDatabase(
  file: string,
  name: DatabaseName,
  rest: (db: Database.Database) => { looked: string; wrong: string[] },
): { looked: string; wrong: string[] } {
  if (!existsSync(file)) return { looked: `${name}: nothing`, wrong: [`${name} is missing.`] };
  let db: Database.Database | null = null;
  try {
    db = openToRead(file);
    // One moment for all questions, whatever a server writes meanwhile.
    db.exec('BEGIN');
    const damage = db.pragma('integrity_check') as { integrity_check: string }[];
    const foreign = db.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[];
    const wrong = [
      ...damage.flatMap((row) => (row.integrity_check === 'ok' ? [] : [`${name} is damaged: ${row.integrity_check}.`])),
      ...foreign.map((row) => `${name}: a row of ${row.table} refers to a row of ${row.parent} that is not there.`),
    ];
    const found = rest(db);
    return { looked: found.looked, wrong: [...wrong, ...found.wrong] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { looked: `${name}: not all of it`, wrong: [`${name} cannot be read: ${reason}.`] };
  } finally {
    db?.close();
  }
}

function checkAccounts(db: Database.Database): { looked: string; wrong: string[] } {
  const { n = 0 } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM user').get() ?? {};
  const strangers = db
    .prepare<[], { team: string; account: string }>(
      'SELECT team, account FROM members WHERE account NOT IN (SELECT id FROM user) ORDER BY team, account',
    )
    .all();
  return {
    looked: counted(n, 'account'),
    wrong: strangers.map(({ team, account }) => `Team ${team} has a member, ${account}, who has no account.`),
  };
}
