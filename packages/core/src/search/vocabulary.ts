import { ByteReader, ByteWriter } from './bytes.ts';

/** Terms of one block: its first is written whole, the others by what differs from the one before. */
const BLOCK_TERMS = 16;

/** Writes terms, which come in order, each with how many bytes its postings take. */
export class VocabularyWriter {
  readonly #bytes = new ByteWriter();
  readonly #blocks: number[] = [];
  #previous = '';
  #count = 0;
  #postingsBytes = 0;

  add(term: string, postingsBytes: number): void {
    if (this.#count % BLOCK_TERMS === 0) {
      this.#blocks.push(this.#bytes.length, this.#postingsBytes);
      this.#previous = '';
    }
    const shared = sharedUnits(this.#previous, term);
    this.#bytes.varint(shared);
    this.#bytes.varint(term.length - shared);
    this.#bytes.units(term, shared);
    this.#bytes.varint(postingsBytes);
    this.#previous = term;
    this.#count += 1;
    this.#postingsBytes += postingsBytes;
  }

  finish(): Vocabulary {
    return new Vocabulary(this.#bytes.finish(), Uint32Array.from(this.#blocks), this.#count);
  }
}

function sharedUnits(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared += 1;
  return shared;
}

/** A sorted list of terms, front-coded, with where the postings of each are. */
export class Vocabulary {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each block, where it begins in `bytes` and where its postings begin. */
  readonly blocks: Uint32Array<ArrayBuffer>;
  readonly count: number;

  constructor(bytes: Uint8Array<ArrayBuffer>, blocks: Uint32Array<ArrayBuffer>, count: number) {
    this.bytes = bytes;
    this.blocks = blocks;
    this.count = count;
  }

  /** Walks the terms from the first that is not before `from`. */
  cursor(from: string): TermCursor {
    let low = 0;
    let high = this.blocks.length / 2;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#firstOf(middle) <= from) low = middle + 1;
      else high = middle;
    }
    const cursor = new TermCursor(this, Math.max(0, low - 1) * BLOCK_TERMS);
    while (cursor.next()) if (cursor.term >= from) return cursor.again();
    return cursor;
  }

  #firstOf(block: number): string {
    const reader = new ByteReader(this.bytes, this.blocks[block * 2]);
    reader.varint();
    return reader.units(reader.varint());
  }
}

/** A place in a vocabulary. */
export class TermCursor {
  term = '';
  /** Where its postings are. */
  from = 0;
  to = 0;

  readonly #vocabulary: Vocabulary;
  readonly #reader: ByteReader;
  #index: number;
  #isHeld = false;

  /** @param index - the first term of a block */
  constructor(vocabulary: Vocabulary, index: number) {
    const block = index / BLOCK_TERMS;
    this.#vocabulary = vocabulary;
    this.#index = index;
    this.#reader = new ByteReader(vocabulary.bytes, vocabulary.blocks[block * 2] ?? 0);
    this.to = vocabulary.blocks[block * 2 + 1] ?? 0;
  }

  /** Goes to the next term; false at the end. */
  next(): boolean {
    if (this.#isHeld) {
      this.#isHeld = false;
      return true;
    }
    if (this.#index >= this.#vocabulary.count) return false;
    const shared = this.#reader.varint();
    const suffix = this.#reader.units(this.#reader.varint());
    this.term = shared === 0 ? suffix : this.term.slice(0, shared) + suffix;
    this.from = this.to;
    this.to += this.#reader.varint();
    this.#index += 1;
    return true;
  }

  /** Makes the next `next` stay here. */
  again(): this {
    this.#isHeld = true;
    return this;
  }
}
