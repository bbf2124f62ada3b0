import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { blobFile, counted } from './dataFolder.ts';

/** Each blob that a room refers to is there, and is what its name says. Files that no room refers to are counted. */
export function checkBlobs(db: Database.Database, folder: string): { looked: string; wrong: string[] } {
  const wrong: string[] = [];
  const refs = db
    .prepare<[], { hash: string; bytes: number; room: string }>(
      'SELECT hash, bytes, min(room) AS room FROM blob_refs GROUP BY hash ORDER BY hash',
    )
    .all();
  for (const { hash, bytes, room } of refs) {
    const file = join(folder, blobFile(hash));
    if (!existsSync(file)) {
      wrong.push(`Blob ${hash} is missing; room ${room} refers to it.`);
      continue;
    }
    const found = read(file);
    if (found.hash !== hash) wrong.push(`Blob ${hash} is damaged: its bytes are others; room ${room} refers to it.`);
    else if (found.bytes !== bytes) wrong.push(`Blob ${hash} has ${found.bytes} bytes and is said to have ${bytes}.`);
  }
  const known = new Set(refs.map(({ hash }) => hash));
  const files = readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true });
  const unused = files.filter((file) => file.isFile() && /^[0-9a-f]{64}$/.test(file.name) && !known.has(file.name));
  const also = unused.length > 0 ? ` (and ${unused.length} that no room refers to)` : '';
  return { looked: `${counted(refs.length, 'blob')}${also}`, wrong };
}

function read(file: string): { hash: string; bytes: number } {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  const handle = openSync(file, 'r');
  try {
    let bytes = 0;
    for (;;) {
      const got = readSync(handle, chunk, 0, chunk.length, null);
      if (got === 0) return { hash: hash.digest('hex'), bytes };
      bytes += got;
      hash.update(chunk.subarray(0, got));
    }
  } finally {
    closeSync(handle);
  }
}
