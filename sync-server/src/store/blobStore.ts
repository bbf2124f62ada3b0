import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type AccountId, type BlobHash, MAX_BLOB_BYTES, Refusal, type RoomName } from '@liasse/core/protocol';
import Database from 'better-sqlite3';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS blob_refs (
    room TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (room, hash)
  ) STRICT;
`;

export interface BlobStore {
  /**
   * Takes bytes in, hashing them as they come, and records that the room refers to them. Also for a blob that is here
   * already: whoever puts must have the bytes, else asking would tell who has what. Gives how many they were.
   *
   * @throws {Refusal} `hash-mismatch`, `too-large`
   */
  put(bytes: Readable, about: { hash: BlobHash; room: RoomName; account: AccountId }): Promise<number>;
  /** The bytes, when the room refers to them; null otherwise, be they here or not. */
  get(room: RoomName, hash: BlobHash): Promise<{ bytes: number; stream: Readable } | null>;
  close(): void;
}

/** Blobs as files named by their hash, and which room refers to which. */
export function openBlobStore(folder: string, now: () => number): BlobStore {
  const incoming = join(folder, 'incoming');
  // What a crash left half received has no name and no reference.
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  const db = new Database(join(folder, 'refs.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(SCHEMA);
  const fileOf = (hash: BlobHash) => join(folder, hash.slice(0, 2), hash);

  return {
    async put(stream, { hash, room, account }) {
      const temporary = join(incoming, randomUUID());
      try {
        const received = await receive(stream, temporary);
        if (received.hash !== hash) throw new Refusal('hash-mismatch', { received: received.hash });
        await keep(temporary, fileOf(hash));
        db.prepare('INSERT OR IGNORE INTO blob_refs (room, hash, bytes, account, at) VALUES (?, ?, ?, ?, ?)').run(
          room,
          hash,
          received.bytes,
          account,
          now(),
        );
        return received.bytes;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async get(room, hash) {
      const row = db
        .prepare<[string, string], { bytes: number }>('SELECT bytes FROM blob_refs WHERE room = ? AND hash = ?')
        .get(room, hash);
      if (!row) return null;
      const file = fileOf(hash);
      await access(file);
      return { bytes: row.bytes, stream: createReadStream(file) };
    },
    close: () => {
      db.close();
    },
  };
}

async function receive(stream: Readable, file: string): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx');
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_BLOB_BYTES) throw new Refusal('too-large', { maxBytes: MAX_BLOB_BYTES });
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { hash: hash.digest('hex'), bytes };
}

/** Gives the file its name, durably: a rename is only as safe as the folder that holds it. */
async function keep(temporary: string, file: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  await rename(temporary, file);
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
