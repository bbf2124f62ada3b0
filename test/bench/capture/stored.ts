import type { Worker } from '@playwright/test';

/** What lies in the extension's own storage. */
export interface Stored {
  /** Gzipped size of each blob by its SHA-256. */
  readonly blobs: ReadonlyMap<string, number>;
  /** Gzipped size of the documents' updates in the journal, all together. */
  readonly documentBytes: number;
}

/** Reads the extension's storage in its own worker. Blobs of `known` are not gzipped again. */
export async function readStored(worker: Worker, known: Stored | null): Promise<Stored> {
  const { added, documentBytes } = await worker.evaluate(readDatabases, [...(known?.blobs.keys() ?? [])]);
  return { blobs: new Map([...(known?.blobs ?? []), ...added]), documentBytes };
}

/** What was stored between two readings, gzipped. */
export function addedBytes(before: Stored, after: Stored): { blobs: number; document: number } {
  let blobs = 0;
  for (const [hash, bytes] of after.blobs) if (!before.blobs.has(hash)) blobs += bytes;
  return { blobs, document: Math.max(0, after.documentBytes - before.documentBytes) };
}

async function readDatabases(known: string[]): Promise<{ added: [string, number][]; documentBytes: number }> {
  const gzipped = async (content: Blob): Promise<number> => {
    const stream = content.stream().pipeThrough(new CompressionStream('gzip'));
    return (await new Response(stream).arrayBuffer()).byteLength;
  };
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const have = new Set(known);
  const added: [string, number][] = [];
  let documentBytes = 0;
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined || !name.endsWith('device')) continue;
    const db = await done(indexedDB.open(name));
    if (db.objectStoreNames.contains('blobs')) {
      const blobs = (await done(db.transaction('blobs').objectStore('blobs').getAll())) as {
        hash: string;
        bytes: Blob;
      }[];
      for (const { hash, bytes } of blobs) if (!have.has(hash)) added.push([hash, await gzipped(bytes)]);
      const rows = (await done(db.transaction('rows').objectStore('rows').getAll())) as {
        update: Uint8Array<ArrayBuffer>;
      }[];
      documentBytes += await gzipped(new Blob(rows.map(({ update }) => update)));
    }
    db.close();
  }
  return { added, documentBytes };
}
