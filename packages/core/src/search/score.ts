import type { Hit } from './facets.ts';

/** How fast repetition stops counting, and how much long texts pay for it: BM25's k1 and b. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.5;
/** Scores closer than this are equal: then the most recent comes first. */
const GRAIN = 1 / 16;

/** What is known of all documents that can be found. */
export interface Corpus {
  readonly documents: number;
  /** All their terms together. */
  readonly terms: number;
}

/** How rare a word is: `frequency` documents have it. */
export function rarity(frequency: number, { documents }: Corpus): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** What one word adds to a document's score. @param weight - of the word there; @param length - the document's, in terms */
export function wordScore(weight: number, length: number, corpus: Corpus): number {
  const average = corpus.terms / corpus.documents || 1;
  const norm = 1 - LENGTH_SHARE + (LENGTH_SHARE * length) / average;
  return (weight * (SATURATION + 1)) / (weight + SATURATION * norm);
}

export const rounded = (score: number): number => Math.round(score / GRAIN);

/** The best first, then the most recent, then by key: every device shows one order. @see SPEC.md X6 */
export function byRelevance(a: Hit, b: Hit): number {
  return b.score - a.score || b.entry.at - a.entry.at || (a.entry.key < b.entry.key ? -1 : 1);
}
