import { ByteReader, ByteWriter } from './bytes.ts';
import type { SearchEntry } from './document.ts';
import { Segment } from './segment.ts';
import { Vocabulary } from './vocabulary.ts';

/** Changes with the layout and with what words are: what an older version indexed is indexed again. */
const VERSION = 1;
/** `LSX`, then the version. */
const MAGIC = [0x4c, 0x53, 0x58, VERSION] as const;
const HEADER_BYTES = 8;

/** A segment as bytes. Which of its documents are deleted is kept beside, as it changes. */
export function encodeSegment(segment: Segment): Uint8Array<ArrayBuffer> {
  const { entries, lengths, vocabulary, postings } = segment;
  const writer = new ByteWriter(segment.bytes + entries.length * 256);
  for (const byte of [...MAGIC, 0, 0, 0, 0]) writer.byte(byte);
  const listed = JSON.stringify(entries);
  writer.varint(listed.length);
  writer.units(listed);
  for (const length of lengths) writer.varint(length);
  writer.varint(vocabulary.count);
  writer.varint(vocabulary.blocks.length);
  for (const place of vocabulary.blocks) writer.varint(place);
  writer.varint(vocabulary.bytes.length);
  writer.append(vocabulary.bytes);
  writer.varint(postings.length);
  writer.append(postings);
  const bytes = writer.finish();
  new DataView(bytes.buffer).setUint32(4, checksum(bytes));
  return bytes;
}

/** The segment in some bytes; null when they are not exactly one of this version. Never throws. @see SPEC.md X9 */
export function decodeSegment(bytes: Uint8Array): Segment | null {
  if (bytes.length < HEADER_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(4) !== checksum(bytes)) return null;
  try {
    return read(bytes);
  } catch {
    return null;
  }
}

function read(bytes: Uint8Array): Segment | null {
  const reader = new ByteReader(bytes, HEADER_BYTES);
  const entries: unknown = JSON.parse(reader.units(reader.varint()));
  if (!Array.isArray(entries) || !entries.every(isEntry)) return null;
  const lengths = Uint32Array.from(entries, () => reader.varint());
  const count = reader.varint();
  const blocks = Uint32Array.from({ length: reader.varint() }, () => reader.varint());
  // Copies: the bytes that were read go away as a whole.
  const take = (): Uint8Array<ArrayBuffer> => {
    const length = reader.varint();
    reader.at += length;
    return Uint8Array.from(bytes.subarray(reader.at - length, reader.at));
  };
  const vocabulary = new Vocabulary(take(), blocks, count);
  return new Segment({ entries, lengths, vocabulary, postings: take() });
}

function isEntry(value: unknown): value is SearchEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { key, room, kind, group, title, at, year, trashed, digest } = value as Record<string, unknown>;
  const areTexts = [key, room, kind, title, digest].every((text) => typeof text === 'string');
  const isGroup = group === null || typeof group === 'string';
  return areTexts && isGroup && typeof at === 'number' && typeof year === 'number' && typeof trashed === 'boolean';
}

/** FNV-1a over everything after the header: it finds a torn or faded write, and is no signature. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = HEADER_BYTES; at < bytes.length; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}
