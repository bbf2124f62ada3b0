import type { SearchEntry } from './document.ts';
import { accumulate } from './postings.ts';
import type { QueryTerm } from './query.ts';
import { factorOf, type Source } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

interface SegmentParts {
  readonly entries: readonly SearchEntry[];
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly vocabulary: Vocabulary;
  readonly postings: Uint8Array<ArrayBuffer>;
}

/** Documents indexed for good: nothing of it changes but which of them are deleted. */
export class Segment implements Source {
  readonly entries: readonly SearchEntry[];
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly vocabulary: Vocabulary;
  readonly postings: Uint8Array<ArrayBuffer>;
  readonly deleted = new Set<number>();

  constructor({ entries, lengths, vocabulary, postings }: SegmentParts) {
    this.entries = entries;
    this.lengths = lengths;
    this.vocabulary = vocabulary;
    this.postings = postings;
  }

  /** What it takes in memory, its entries left out. */
  get bytes(): number {
    return this.postings.length + this.vocabulary.bytes.length + this.vocabulary.blocks.byteLength;
  }

  accumulate(word: QueryTerm, sums: Float64Array): void {
    const cursor = this.vocabulary.cursor(word.term);
    while (cursor.next() && cursor.term.startsWith(word.term)) {
      if (!word.isPrefix && cursor.term !== word.term) return;
      accumulate(this.postings, cursor, factorOf(word, cursor.term), sums);
    }
  }
}
