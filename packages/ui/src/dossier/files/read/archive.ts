import { Unzip, UnzipInflate } from 'fflate';
import { FileLimits } from './fileLimits.ts';

/** An archive that would fill memory, or that has more files than anyone packs. */
export class SwollenArchive extends Error {}

const CHUNK_BYTES = 64 * 1024;

/**
 * Unpacks some files of an archive, and no other. What counts is what comes out, not what the archive announces.
 *
 * @throws {SwollenArchive}
 * @throws when it is no archive
 */
export function unpack(bytes: Uint8Array, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let entries = 0;
  let unpacked = 0;
  let failure: Error | null = null;
  const unzip = new Unzip((file) => {
    entries += 1;
    if (entries > FileLimits.entries) failure ??= new SwollenArchive('too many files');
    if (failure !== null || !wanted.has(file.name) || found.has(file.name)) return;
    const decoder = new TextDecoder();
    let own = 0;
    found.set(file.name, '');
    file.ondata = (error, chunk, isLast) => {
      if (failure !== null) return;
      if (error) {
        failure = error;
        return;
      }
      own += chunk.length;
      unpacked += chunk.length;
      if (unpacked > FileLimits.unpackedBytes || swells(own, bytes.length)) {
        failure = new SwollenArchive('unpacked too large');
        file.terminate();
        return;
      }
      found.set(file.name, (found.get(file.name) ?? '') + decoder.decode(chunk, { stream: !isLast }));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length && failure === null; at += CHUNK_BYTES) {
    unzip.push(bytes.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= bytes.length);
  }
  if (failure !== null) throw failure;
  return found;
}

const swells = (unpacked: number, packed: number): boolean =>
  unpacked > FileLimits.swellingFromBytes && unpacked > packed * FileLimits.swelling;
