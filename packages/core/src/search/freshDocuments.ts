import { ByteWriter } from './bytes.ts';
import { FLAGGED, type SearchDocument, type SearchEntry } from './document.ts';
import { fold } from './fold.ts';
import { MAX_COUNT, weightOf, writePosting } from './postings.ts';
import { finds, type QueryTerm } from './query.ts';
import { Segment } from './segment.ts';
import { factorOf, type Source } from './source.ts';
import { eachTerm } from './terms.ts';
import { VocabularyWriter } from './vocabulary.ts';

const FLAG_BITS = FLAGGED.length;
const FLAG_MASK = (1 << FLAG_BITS) - 1;

/** The documents indexed last, as they can still be written to. Few: looking for a word walks all terms. */
export class FreshDocuments implements Source {
  readonly entries: SearchEntry[] = [];
  readonly lengths: number[] = [];
  readonly deleted = new Set<number>();
  /** How many postings it holds: what it costs. */
  postings = 0;
  /** For each term, document and packed counts by turns. */
  readonly #terms = new Map<string, number[]>();

  /** Indexes a document; returns its number. */
  add({ entry, fields }: SearchDocument): number {
    const doc = this.entries.length;
    const counts = new Map<string, number>();
    let length = 0;
    eachTerm(fold(fields.text), (term) => {
      length += 1;
      const packed = counts.get(term) ?? 0;
      if (packed >> FLAG_BITS < MAX_COUNT) counts.set(term, packed + (1 << FLAG_BITS));
    });
    for (const [bit, field] of FLAGGED.entries()) {
      eachTerm(fold(fields[field]), (term) => counts.set(term, (counts.get(term) ?? 0) | (1 << bit)));
    }
    for (const [term, packed] of counts) {
      const postings = this.#terms.get(term);
      if (postings) postings.push(doc, packed);
      else this.#terms.set(term, [doc, packed]);
    }
    this.postings += counts.size;
    this.entries.push(entry);
    this.lengths.push(length);
    return doc;
  }

  accumulate(word: QueryTerm, sums: Float64Array): void {
    for (const term of this.#found(word)) {
      const postings = this.#terms.get(term) ?? [];
      const factor = factorOf(word, term);
      for (let at = 0; at < postings.length; at += 2) {
        const [doc, packed] = [postings[at] as number, postings[at + 1] as number];
        sums[doc] = (sums[doc] as number) + factor * weightOf(packed >> FLAG_BITS, packed & FLAG_MASK);
      }
    }
  }

  /** The same as a segment, without what was deleted. */
  freeze(): Segment {
    const numbers: number[] = [];
    const kept: number[] = [];
    for (let doc = 0; doc < this.entries.length; doc += 1) {
      numbers.push(this.deleted.has(doc) ? -1 : kept.length);
      if (!this.deleted.has(doc)) kept.push(doc);
    }
    const postings = new ByteWriter(this.postings * 3);
    const vocabulary = new VocabularyWriter();
    for (const term of [...this.#terms.keys()].sort()) {
      const before = postings.length;
      writeTerm(this.#terms.get(term) ?? [], numbers, postings);
      if (postings.length > before) vocabulary.add(term, postings.length - before);
    }
    return new Segment({
      entries: kept.map((doc) => this.entries[doc] as SearchEntry),
      lengths: Uint32Array.from(kept, (doc) => this.lengths[doc] as number),
      vocabulary: vocabulary.finish(),
      postings: postings.finish(),
    });
  }

  #found(word: QueryTerm): readonly string[] {
    if (!word.isPrefix) return this.#terms.has(word.term) ? [word.term] : [];
    const found: string[] = [];
    for (const term of this.#terms.keys()) if (finds(word, term)) found.push(term);
    return found.sort();
  }
}

/** @param numbers - the new number of each document, -1 for one that is left out */
function writeTerm(packed: readonly number[], numbers: readonly number[], into: ByteWriter): void {
  let previous = -1;
  for (let at = 0; at < packed.length; at += 2) {
    const doc = numbers[packed[at] as number] as number;
    if (doc < 0) continue;
    const counts = packed[at + 1] as number;
    writePosting(into, { doc, previous, count: counts >> FLAG_BITS, flags: counts & FLAG_MASK });
    previous = doc;
  }
}
