import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Its sentence is for who typed the command; `exitCode` 2: it could not be done, 1: something is wrong with the data. */
export class CommandError extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { cause?: unknown; exitCode?: 1 | 2 } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? 2;
  }
}

/**
 * The databases of a data folder, in the order in which they are saved: what refers comes before what it refers to, so that nothing
 * saved leans on something that was written after its own database was saved.
 */
export const DATABASES = ['rooms.sqlite', 'receipts.sqlite', 'blobs/refs.sqlite', 'accounts.sqlite'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** What signs sessions and receipts. */
export const KEYS = ['secret', 'receipt-key.pem'] as const;

/** Where a restore puts things until all of them are there. A folder that has it starts no server. */
export const RESTORING = 'restoring';

/** When what is in the folder was restored (ms since the Unix epoch), as text; not there on a folder that never was. */
export const RESTORED = 'restored';

export const blobFile = (hash: string): string => `blobs/${hash.slice(0, 2)}/${hash}`;

/** @throws {CommandError} when no server ever ran on the folder */
export function requireData(folder: string): void {
  const lacks = [...DATABASES, ...KEYS].filter((name) => !existsSync(join(folder, name)));
  if (lacks.length === 0) return;
  throw new CommandError(
    `There is no server’s data in ${folder}: ${lacks.join(', ')} is missing. Say where it is with LIASSE_DATA.`,
  );
}

/** A database to be read while the server may write to it. */
export function openToRead(file: string): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: 30_000 });
}

/** A name or a removal in a folder is only durable once the folder is. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** “1 room”, “2 rooms”. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
