import type { SearchEntry } from './document.ts';
import type { QueryTerm } from './query.ts';

/** A set of indexed documents, numbered from 0: one segment, or those not yet in one. */
export interface Source {
  readonly entries: readonly SearchEntry[];
  /** How many terms each document has. */
  readonly lengths: ArrayLike<number>;
  /** Documents that were removed or replaced: their postings are still there. */
  readonly deleted: ReadonlySet<number>;
  /** Adds to each document's sum what the words that `word` finds weigh in it, in the order of these words. */
  accumulate(word: QueryTerm, sums: Float64Array): void;
}

/** What a found word counts: whole, or as the longer word that a beginning found. */
export const factorOf = (word: QueryTerm, found: string): number =>
  found.length === word.term.length ? 1 : (0.5 * word.term.length) / found.length;
