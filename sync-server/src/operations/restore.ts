import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { LOCK, lockFolder } from '../store/folderLock.ts';
import { BackupManifest, MANIFEST, SUMS } from './backup.ts';
import { CommandError, DATABASES, KEYS, RESTORED, RESTORING, syncFolder } from './dataFolder.ts';
import { ArchiveError, readTar, type TarEntry } from './tar.ts';

const BLOB = /^blobs\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/;
const NAMES: ReadonlySet<string> = new Set([MANIFEST, SUMS, ...DATABASES, ...KEYS]);
const OURS = [LOCK, RESTORING, RESTORED, 'blobs', ...NAMES];
// A disk made for the folder alone has it from birth.
const NOTHING = new Set(['lost+found']);

export interface RestoreReport {
  /** When the backup was made (ms since the Unix epoch). */
  readonly at: number;
  readonly rooms: number;
  readonly blobs: number;
}

/**
 * Fills an empty folder with what an archive holds. All of it is written and checked aside, then put in its place; a failure
 * leaves the folder as it was.
 *
 * @throws {CommandError}
 */
export function restore(file: string, folder: string): RestoreReport {
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  const made = mkdirSync(folder, { recursive: true });
  if (contentsOf(folder).length > 0) {
    throw new CommandError(
      `${folder} is not empty. A restore only fills an empty folder: move what is there away first.`,
    );
  }
  // A server that starts now is refused, and one that runs refuses us.
  const unlock = lockFolder(folder);
  if (!unlock) throw new CommandError(`A server runs on ${folder}. Stop it first.`);
  const aside = join(folder, RESTORING);
  try {
    const { at, blobs } = unpack(file, aside);
    const rooms = renewEpochs(join(aside, 'rooms.sqlite'));
    closeDoors(join(aside, 'accounts.sqlite'));
    writeFileSync(join(aside, RESTORED), String(Date.now()), { flush: true });
    for (const name of readdirSync(aside)) {
      if (name === MANIFEST || name === SUMS) rmSync(join(aside, name));
      else renameSync(join(aside, name), join(folder, name));
    }
    syncFolder(folder);
    rmSync(aside, { recursive: true });
    syncFolder(folder);
    unlock();
    return { at, rooms, blobs };
  } catch (error) {
    unlock();
    for (const name of OURS) rmSync(join(folder, name), { recursive: true, force: true });
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    if (error instanceof CommandError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`Nothing was restored. ${error instanceof ArchiveError ? reason : `${reason}.`}`, {
      cause: error,
      exitCode: error instanceof ArchiveError ? 1 : 2,
    });
  }
}

const contentsOf = (folder: string): string[] => readdirSync(folder).filter((name) => !NOTHING.has(name));

/** Writes all files of an archive, durably, once each hash has been found to be as its last file says. */
function unpack(file: string, aside: string): { at: number; blobs: number } {
  mkdirSync(join(aside, 'blobs'), { recursive: true });
  const found = new Map<string, string>();
  let at: number | null = null;
  let sums: string | null = null;
  for (const entry of readTar(file)) {
    const { name } = entry;
    if (sums !== null) throw new ArchiveError('The archive was changed: something follows its end.');
    if (!NAMES.has(name) && !BLOB.test(name)) throw new ArchiveError(`The archive was changed: it holds ${name}.`);
    if (at === null && name !== MANIFEST) throw new ArchiveError('This is not a backup of a Liasse server.');
    if (found.has(name)) throw new ArchiveError(`The archive was changed: it holds ${name} twice.`);
    if (name === SUMS || name === MANIFEST) {
      const text = Buffer.concat([...entry.chunks].map((chunk) => Buffer.from(chunk))).toString('utf8');
      if (name === SUMS) sums = text;
      else at = madeAt(text);
    } else {
      writeEntry(entry, join(aside, name));
    }
    if (name !== SUMS) found.set(name, entry.hash());
  }
  if (at === null) throw new ArchiveError('This is not a backup of a Liasse server.');
  if (sums === null) throw new ArchiveError('The archive is cut short: its list of hashes is missing.');
  verify(sums, found);
  const folders = readdirSync(aside, { recursive: true, withFileTypes: true }).filter((one) => one.isDirectory());
  for (const one of folders) syncFolder(join(one.parentPath, one.name));
  syncFolder(aside);
  return { at, blobs: [...found.keys()].filter((name) => BLOB.test(name)).length };
}

function madeAt(text: string): number {
  const read = BackupManifest.safeParse(parseJson(text));
  if (!read.success) {
    throw new ArchiveError(
      'This backup was made by a later version of the server, or changed: this one cannot read it.',
    );
  }
  return read.data.at;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function writeEntry(entry: TarEntry, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const out = openSync(file, 'wx', 0o600);
  try {
    for (const chunk of entry.chunks) for (let done = 0; done < chunk.length; ) done += writeSync(out, chunk, done);
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
}

function verify(sums: string, found: ReadonlyMap<string, string>): void {
  const listed = new Map(
    sums.split('\n').flatMap((line) => (line === '' ? [] : [[line.slice(66), line.slice(0, 64)]])),
  );
  for (const [name, hash] of found) {
    if (listed.get(name) !== hash) throw new ArchiveError(`The archive was changed: ${name} is not what was saved.`);
  }
  for (const name of [...listed.keys(), ...DATABASES, ...KEYS]) {
    if (!found.has(name)) throw new ArchiveError(`The archive was changed: ${name} is missing.`);
  }
}

/** Cursors of devices speak of a log that went on after the backup: under its former epoch they would skip what is new here. */
function renewEpochs(file: string): number {
  return changing(file, (db) => {
    // Without its name, made anew at the next start, the numbers of its changes are another log’s too.
    db.exec('UPDATE rooms SET epoch = lower(hex(randomblob(16))); DROP TABLE IF EXISTS log');
    return db.prepare<[], { n: number }>('SELECT count(*) AS n FROM rooms WHERE erased_at IS NULL').get()?.n ?? 0;
  });
}

/** A session that was ended since, a link that was used since, would open again. */
function closeDoors(file: string): void {
  changing(file, (db) => db.exec('DELETE FROM session; DELETE FROM links'));
}

function changing<T>(file: string, change: (db: Database.Database) => T): T {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('synchronous = FULL');
    return db.transaction(change)(db);
  } finally {
    db.close();
  }
}
