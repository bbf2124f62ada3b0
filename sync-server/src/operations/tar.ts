import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const BLOCK = 512;
const CHUNK = 1024 * 1024;
// Eleven octal digits: 8 GiB. GNU tar, bsdtar and busybox read larger sizes in base 256.
const LARGEST_OCTAL = 0o77777777777;

/** The archive is not whole, or not what it was: nothing of it may be used. */
export class ArchiveError extends Error {}

/**
 * Writes a tar file (POSIX ustar), file by file, each with its SHA-256.
 *
 * Our own hundred lines and no library: names are short ASCII, there are no links and no owners, and an archive must be readable by
 * `tar` long after any library is.
 */
export class TarWriter {
  readonly #out: number;
  readonly #atS: number;

  /** Makes the file, which must not exist, readable by its owner alone. `at`: the date of all that is in it (ms). */
  constructor(file: string, at: number) {
    this.#out = openSync(file, 'wx', 0o600);
    this.#atS = Math.floor(at / 1000);
  }

  addText(name: string, text: string): string {
    const bytes = Buffer.from(text, 'utf8');
    this.#write(header(name, bytes.length, this.#atS));
    this.#write(bytes);
    this.#pad(bytes.length);
    return createHash('sha256').update(bytes).digest('hex');
  }

  /** Adds what a file holds; gives its hash. */
  addFile(name: string, file: string): string {
    const source = openSync(file, 'r');
    try {
      const { size } = fstatSync(source);
      this.#write(header(name, size, this.#atS));
      const hash = createHash('sha256');
      let left = size;
      for (const chunk of chunksOf(source, size)) {
        left -= chunk.length;
        hash.update(chunk);
        this.#write(chunk);
      }
      if (left > 0) throw new Error(`${file} became shorter while it was read`);
      this.#pad(size);
      return hash.digest('hex');
    } finally {
      closeSync(source);
    }
  }

  /** Ends the archive, durably. */
  finish(): void {
    this.#write(Buffer.alloc(2 * BLOCK));
    fsyncSync(this.#out);
    closeSync(this.#out);
  }

  /** Lets go of an archive that will not be finished. */
  abandon(): void {
    closeSync(this.#out);
  }

  #pad(bytes: number): void {
    const over = bytes % BLOCK;
    if (over > 0) this.#write(Buffer.alloc(BLOCK - over));
  }

  // A disk that fills up takes part of a write before it refuses the rest.
  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#out, bytes, done);
  }
}

export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
  /** What it holds, piece by piece; to be read to its end before the next entry. */
  readonly chunks: Iterable<Buffer>;
  /** The SHA-256 of what was read. */
  hash(): string;
}

/** Reads what `TarWriter` wrote. @throws {ArchiveError} where it is cut short, or no such archive */
export function* readTar(file: string): Generator<TarEntry> {
  const source = openSync(file, 'r');
  try {
    for (;;) {
      const block = read(source, BLOCK);
      if (block.every((byte) => byte === 0)) return;
      const { name, bytes } = readHeader(block);
      const hash = createHash('sha256');
      yield { name, bytes, chunks: hashed(source, bytes, hash), hash: () => hash.digest('hex') };
      read(source, (BLOCK - (bytes % BLOCK)) % BLOCK);
    }
  } finally {
    closeSync(source);
  }
}

function* hashed(source: number, bytes: number, hash: Hash): Generator<Buffer> {
  let left = bytes;
  for (const chunk of chunksOf(source, bytes)) {
    left -= chunk.length;
    hash.update(chunk);
    yield chunk;
  }
  if (left > 0) throw new ArchiveError('The archive is cut short.');
}

function* chunksOf(source: number, bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(Math.min(CHUNK, bytes));
  for (let left = bytes; left > 0; ) {
    const got = readSync(source, chunk, 0, Math.min(chunk.length, left), null);
    if (got === 0) return;
    left -= got;
    yield chunk.subarray(0, got);
  }
}

function read(source: number, bytes: number): Buffer {
  const whole = Buffer.concat([...chunksOf(source, bytes)].map((chunk) => Buffer.from(chunk)));
  if (whole.length < bytes) throw new ArchiveError('The archive is cut short.');
  return whole;
}

function header(name: string, bytes: number, atS: number): Buffer {
  if (name.length > 100) throw new Error(`bug: a name too long for an archive: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'ascii');
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  if (bytes <= LARGEST_OCTAL) block.write(`${octal(bytes, 11)}\0`, 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(bytes), 128);
  }
  block.write(`${octal(atS, 11)}\0`, 136);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(`${octal(checksum(block), 6)}\0 `, 148);
  return block;
}

function readHeader(block: Buffer): { name: string; bytes: number } {
  const sum = Number.parseInt(block.toString('ascii', 148, 154), 8);
  if (block.toString('ascii', 257, 262) !== 'ustar' || sum !== checksum(block)) {
    throw new ArchiveError('This is not a backup of a Liasse server, or it was changed.');
  }
  const end = block.indexOf(0);
  const name = block.toString('ascii', 0, Math.min(end < 0 ? 100 : end, 100));
  const large = block[124] === 0x80;
  const bytes = large ? Number(block.readBigUInt64BE(128)) : Number.parseInt(block.toString('ascii', 124, 135), 8);
  if (!Number.isSafeInteger(bytes)) throw new ArchiveError('The archive was changed: a size in it is none.');
  return { name, bytes };
}

/** The sum of a header's bytes, its own place counted as spaces. */
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
