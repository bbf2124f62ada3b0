import type { SearchDocument, SearchEntry } from './document.ts';
import type { Hit } from './facets.ts';
import { FreshDocuments } from './freshDocuments.ts';
import { mergeSegments } from './merge.ts';
import type { Query, QueryTerm } from './query.ts';
import { byRelevance, type Corpus, rarity, rounded, wordScore } from './score.ts';
import type { Segment } from './segment.ts';
import type { Source } from './source.ts';

export interface SearchIndexOptions {
  /** Postings that fresh documents hold before they become a segment. */
  readonly freshPostings?: number;
  /** Segments of one size before they are merged. */
  readonly mergeWidth?: number;
  /** Segments that are larger are merged no further: a merge holds both sides in memory. */
  readonly mergeBytes?: number;
}

/** Where a document is. */
interface Placed {
  readonly source: MutableSource;
  readonly doc: number;
}

type MutableSource = Source & { readonly deleted: Set<number> };

/**
 * A full-text index of documents that come and go: a log-structured merge of immutable segments, the newest documents apart.
 * It keeps no text. Plain computing: who owns it gives it its time (`maintain`) and its disk (`segments`).
 */
export class SearchIndex {
  readonly #options: Required<SearchIndexOptions>;
  readonly #places = new Map<string, Placed>();
  #segments: Segment[] = [];
  #fresh = new FreshDocuments();
  #terms = 0;

  constructor(options: SearchIndexOptions = {}) {
    this.#options = { freshPostings: 150_000, mergeWidth: 4, mergeBytes: 8 << 20, ...options };
  }

  /** What is durable of it: from the oldest to the newest. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get size(): number {
    return this.#places.size;
  }

  /** Takes a segment up again, after those it is newer than. */
  load(segment: Segment): void {
    this.#segments.push(segment);
    for (const [doc, { key }] of segment.entries.entries()) {
      if (segment.deleted.has(doc)) continue;
      // A device that died between writing a document's new form and forgetting the old one has both.
      this.remove(key);
      this.#place(key, { source: segment, doc });
    }
  }

  /** Indexes a document, in the place of the one under its key. @see SPEC.md X8 */
  put(document: SearchDocument): void {
    this.remove(document.entry.key);
    this.#place(document.entry.key, { source: this.#fresh, doc: this.#fresh.add(document) });
    if (this.#fresh.postings >= this.#options.freshPostings) this.freeze();
  }

  /** True when there was one. */
  remove(key: string): boolean {
    const place = this.#places.get(key);
    if (!place) return false;
    place.source.deleted.add(place.doc);
    this.#terms -= place.source.lengths[place.doc] as number;
    this.#places.delete(key);
    return true;
  }

  entry(key: string): SearchEntry | null {
    const place = this.#places.get(key);
    return place?.source.entries[place.doc] ?? null;
  }

  *entries(): Generator<SearchEntry> {
    for (const { source, doc } of this.#places.values()) yield source.entries[doc] as SearchEntry;
  }

  /** Makes a segment of the fresh documents, to be kept on disk. */
  freeze(): void {
    if (this.#fresh.entries.length === 0) return;
    const segment = this.#fresh.freeze();
    this.#fresh = new FreshDocuments();
    if (segment.entries.length === 0) return;
    this.#segments.push(segment);
    for (const [doc, { key }] of segment.entries.entries()) this.#places.set(key, { source: segment, doc });
  }

  /** Merges one set of segments, if there is one to merge: so often that few are left. Rests at each `yield`. */
  *maintain(): Generator<void> {
    const sources = this.#dueForMerge();
    if (sources.length === 0) return;
    const { segment, numbers } = yield* mergeSegments(sources);
    for (const [index, source] of sources.entries()) {
      for (const [doc, { key }] of source.entries.entries()) {
        const number = numbers[index]?.[doc] ?? -1;
        if (number < 0) continue;
        if (source.deleted.has(doc)) segment.deleted.add(number);
        else this.#places.set(key, { source: segment, doc: number });
      }
    }
    // In the place of the oldest: a segment's age says which of two forms of a document is the newer.
    const at = this.#segments.indexOf(sources[0] as Segment);
    const left = segment.entries.length > 0 ? [segment] : [];
    const others = this.#segments.slice(at).filter((other) => !sources.includes(other));
    this.#segments = [...this.#segments.slice(0, at), ...left, ...others];
  }

  /** All documents that have every word of a query, the best first; phrases are not looked at. @see SPEC.md X5 */
  search({ required, preferred }: Query): Hit[] {
    if (required.length === 0) return [];
    const sources: readonly Source[] = [...this.#segments, this.#fresh];
    const corpus: Corpus = { documents: this.#places.size, terms: this.#terms };
    const needed = required.map((word) => findWord(sources, word, corpus));
    const all = [...needed, ...preferred.map((word) => findWord(sources, word, corpus))];
    const hits: Hit[] = [];
    for (const [index, source] of sources.entries()) {
      for (let doc = 0; doc < source.entries.length; doc += 1) {
        if (source.deleted.has(doc) || needed.some(({ weights }) => weights[index]?.[doc] === 0)) continue;
        let score = 0;
        for (const { weights, idf } of all) {
          const weight = weights[index]?.[doc] as number;
          if (weight > 0) score += idf * wordScore(weight, source.lengths[doc] as number, corpus);
        }
        hits.push({ entry: source.entries[doc] as SearchEntry, score: rounded(score) });
      }
    }
    return hits.sort(byRelevance);
  }

  #place(key: string, place: Placed): void {
    this.#places.set(key, place);
    this.#terms += place.source.lengths[place.doc] as number;
  }

  /** Segments of about one size, as soon as there are enough; or one that is mostly deleted. */
  #dueForMerge(): readonly Segment[] {
    const { mergeWidth, mergeBytes } = this.#options;
    const wasted = this.#segments.find(({ deleted, entries }) => deleted.size * 3 > entries.length);
    if (wasted) return [wasted];
    const tiers = new Map<number, Segment[]>();
    for (const segment of this.#segments) {
      if (segment.bytes > mergeBytes) continue;
      const tier = Math.floor(Math.log(segment.bytes + 1) / Math.log(mergeWidth));
      tiers.set(tier, [...(tiers.get(tier) ?? []), segment]);
    }
    const smallest = [...tiers].sort(([a], [b]) => a - b);
    return smallest.find(([, segments]) => segments.length >= mergeWidth)?.[1].slice(0, mergeWidth) ?? [];
  }
}

/** A word's weight in each document of each source, and how rare it is among those that can be found. */
function findWord(
  sources: readonly Source[],
  word: QueryTerm,
  corpus: Corpus,
): { readonly weights: readonly Float64Array[]; readonly idf: number } {
  let frequency = 0;
  const weights = sources.map((source) => {
    const sums = new Float64Array(source.entries.length);
    source.accumulate(word, sums);
    for (let doc = 0; doc < sums.length; doc += 1) {
      if ((sums[doc] as number) > 0 && !source.deleted.has(doc)) frequency += 1;
    }
    return sums;
  });
  return { weights, idf: rarity(frequency, corpus) };
}
