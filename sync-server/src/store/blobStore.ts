import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type AccountId, type BlobHash, MAX_BLOB_BYTES, Refusal, type RoomName } from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { addReleased, endRefs, isKnown, removeFormer, removeStrays, settleRefs, UNREFERRED_MS } from './blobRefs.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS blob_refs (
    room TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    released_at INTEGER,
    PRIMARY KEY (room, hash)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS former_refs (
    room TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    PRIMARY KEY (room, hash)
  ) STRICT;
`;

/** Bytes outlive the last reference by a day, so that a backup which has copied the references still finds them. */
const FORMER_MS = 24 * 60 * 60_000;

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
  /** Every room that refers to a blob, or did until lately. */
  rooms(): readonly RoomName[];
  /**
   * Says which blobs a room refers to, in its document and in its versions. A reference that nothing has borne out for `UNREFERRED_MS`
   * ends; one that had ended and is needed again comes back.
   */
  settle(room: RoomName, referred: ReadonlySet<BlobHash>): void;
  /** Ends all references of a room at once: it was erased. */
  releaseRoom(room: RoomName): void;
  /** Removes bytes that no room refers to any more; gives how many files. */
  sweep(): Promise<number>;
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
  addReleased(db);
  const arriving = new Map<BlobHash, number>();
  const fileOf = (hash: BlobHash) => join(folder, hash.slice(0, 2), hash);

  return {
    async put(stream, { hash, room, account }) {
      const temporary = join(incoming, randomUUID());
      try {
        const received = await receive(stream, temporary);
        if (received.hash !== hash) throw new Refusal('hash-mismatch', { received: received.hash });
        arriving.set(hash, (arriving.get(hash) ?? 0) + 1);
        try {
          await keep(temporary, fileOf(hash));
          db.prepare(
            `INSERT INTO blob_refs (room, hash, bytes, account, at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (room, hash) DO UPDATE SET released_at = NULL`,
          ).run(room, hash, received.bytes, account, now());
        } finally {
          arriving.set(hash, (arriving.get(hash) ?? 1) - 1);
          if (arriving.get(hash) === 0) arriving.delete(hash);
        }
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
    rooms: () =>
      db
        .prepare<[], { room: RoomName }>('SELECT room FROM blob_refs UNION SELECT room FROM former_refs')
        .all()
        .map(({ room }) => room),
    settle: (room, referred) => settleRefs(db, { room, referred, now: now() }),
    releaseRoom: (room) => endRefs(db, { room, now: now(), releasedBefore: null }),
    async sweep() {
      const removed = removeFormer(db, now() - FORMER_MS, (hash) => {
        if (arriving.has(hash)) return false;
        rmSync(fileOf(hash), { force: true });
        return true;
      });
      return (
        removed +
        (await removeStrays(folder, now() - UNREFERRED_MS, (hash) => !arriving.has(hash) && !isKnown(db, hash)))
      );
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
