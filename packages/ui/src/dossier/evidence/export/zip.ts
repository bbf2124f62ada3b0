import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A file on its way into an archive. */
export interface ZipFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly content: Blob;
}

/** What is compressed already: doing it again costs time and gains nothing. */
const COMPRESSED = /\.(?:avif|docx|gif|jpg|odt|pdf|png|webp|woff2?)$/;

/**
 * Writes an archive file by file, chunk by chunk: whatever its size, no more than one chunk of it is in memory.
 *
 * @param at - the moment that its files bear (ms)
 * @param write - takes each piece of the archive, in order
 */
export async function writeZip(
  files: AsyncIterable<ZipFile>,
  at: number,
  write: (chunk: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure ??= error;
    else write(chunk as Uint8Array<ArrayBuffer>);
  });
  for await (const { path, content } of files) {
    const entry = COMPRESSED.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    entry.mtime = at;
    zip.add(entry);
    const reader = content.stream().getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) entry.push(read.value);
    entry.push(new Uint8Array(0), true);
    if (failure !== null) throw failure;
  }
  zip.end();
  if (failure !== null) throw failure;
}

const FOLD_BYTES = 4 * 1024 * 1024;

/** Gathers what is written into a blob, which browsers keep on the disk once it is large. */
export function blobWriter(type: string): { write(chunk: Uint8Array<ArrayBuffer>): void; end(): Blob } {
  let folded = new Blob([], { type });
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const fold = () => {
    folded = new Blob([folded, ...chunks], { type });
    chunks = [];
    bytes = 0;
  };
  return {
    write: (chunk) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= FOLD_BYTES) fold();
    },
    end: () => {
      fold();
      return folded;
    },
  };
}
