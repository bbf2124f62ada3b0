import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import {
  blobFile,
  CommandError,
  DATABASES,
  type DatabaseName,
  KEYS,
  openToRead,
  requireData,
  syncFolder,
} from './dataFolder.ts';
import { TarWriter } from './tar.ts';

/** What stands first in an archive. `format` grows when an older `restore` could not read it. */
export const BackupManifest = z.object({
  format: z.literal(1),
  /** ms since the Unix epoch. */
  at: z.int(),
});
export const MANIFEST = 'liasse-backup.json';
/** What stands last: each file's hash, as `sha256sum -c` reads them. Without it the archive is not whole. */
export const SUMS = 'SHA256SUMS';

export interface BackupReport {
  readonly blobs: number;
  /** Hashes of blobs that rooms refer to and that are not on the disk. */
  readonly missing: readonly string[];
  /** Hashes of blobs whose bytes are others. They are saved as they are. */
  readonly damaged: readonly string[];
}

export interface BackupPorts {
  readonly now: () => number;
  /** A database was copied. Between two, the server has written. */
  readonly onCopied?: (name: DatabaseName) => void;
}

/**
 * Saves a data folder in one tar file, while a server writes to it.
 *
 * Each database is copied in one read transaction (`VACUUM INTO`): SQLite’s backup API begins again whenever another process
 * writes, so that a busy server’s copy would never end. Between the copies the server goes on; their order makes that harmless.
 *
 * @throws {CommandError}
 */
export function backup(folder: string, file: string, ports: BackupPorts): BackupReport {
  requireData(folder);
  if (existsSync(file)) throw new CommandError(`${file} is there already; a backup never replaces another.`);
  const target = dirname(resolve(file));
  if (!existsSync(target)) throw new CommandError(`There is no folder ${target} to put the backup in.`);
  // Beside the file: renaming is only whole within one disk, and the data’s own may be the full one.
  const work = mkdtempSync(`${file}.partial-`);
  try {
    const partial = join(work, 'archive.tar');
    const report = write(folder, { work, partial, ports });
    renameSync(partial, file);
    syncFolder(target);
    return report;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The backup could not be made: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function write(folder: string, to: { work: string; partial: string; ports: BackupPorts }): BackupReport {
  const at = to.ports.now();
  const archive = new TarWriter(to.partial, at);
  const sums: string[] = [];
  const missing: string[] = [];
  const damaged: string[] = [];
  let hashes: string[] = [];
  const sum = (name: string, hash: string) => {
    sums.push(`${hash}  ${name}\n`);
  };
  try {
    const manifest: z.infer<typeof BackupManifest> = { format: 1, at };
    sum(MANIFEST, archive.addText(MANIFEST, `${JSON.stringify(manifest)}\n`));
    for (const name of DATABASES) {
      const copy = join(to.work, 'copy.sqlite');
      copyDatabase(join(folder, name), copy);
      if (name === 'blobs/refs.sqlite') hashes = blobsIn(copy);
      sum(name, archive.addFile(name, copy));
      rmSync(copy);
      to.ports.onCopied?.(name);
    }
    for (const name of KEYS) sum(name, archive.addFile(name, join(folder, name)));
    for (const hash of hashes) {
      const name = blobFile(hash);
      if (!existsSync(join(folder, name))) {
        missing.push(hash);
        continue;
      }
      const found = archive.addFile(name, join(folder, name));
      if (found !== hash) damaged.push(hash);
      sum(name, found);
    }
    archive.addText(SUMS, sums.join(''));
    archive.finish();
  } catch (error) {
    archive.abandon();
    throw error;
  }
  return { blobs: hashes.length - missing.length, missing, damaged };
}

function copyDatabase(from: string, to: string): void {
  const db = openToRead(from);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

function blobsIn(file: string): string[] {
  const db = openToRead(file);
  try {
    return db
      .prepare<[], { hash: string }>('SELECT DISTINCT hash FROM blob_refs ORDER BY hash')
      .all()
      .map(({ hash }) => hash);
  } finally {
    db.close();
  }
}
