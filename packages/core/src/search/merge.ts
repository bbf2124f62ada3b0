import { ByteReader, ByteWriter } from './bytes.ts';
import type { SearchEntry } from './document.ts';
import { writePosting } from './postings.ts';
import { Segment } from './segment.ts';
import { type TermCursor, VocabularyWriter } from './vocabulary.ts';

/** Terms between two rests. */
const STRIDE_TERMS = 2_000;

/** What a merge made: one segment, and the new number of each document of each source (-1: it was deleted). */
export interface Merged {
  readonly segment: Segment;
  readonly numbers: readonly (readonly number[])[];
}

/**
 * Merges segments into one, leaving out what is deleted as it begins. It rests often (`yield`), so that whoever runs it can
 * answer a query meanwhile; what is deleted during a rest is for the caller to delete again.
 */
export function* mergeSegments(sources: readonly Segment[]): Generator<void, Merged> {
  const entries: SearchEntry[] = [];
  const lengths: number[] = [];
  const numbers = sources.map((source) =>
    source.entries.map((entry, doc) => {
      if (source.deleted.has(doc)) return -1;
      entries.push(entry);
      lengths.push(source.lengths[doc] as number);
      return entries.length - 1;
    }),
  );

  const vocabulary = new VocabularyWriter();
  const postings = new ByteWriter(sources.reduce((sum, source) => sum + source.postings.length, 0) + 1_024);
  const cursors = sources.map((source) => source.vocabulary.cursor(''));
  const isLeft = cursors.map((cursor) => cursor.next());
  for (let terms = 1; ; terms += 1) {
    const term = leastTerm(cursors, isLeft);
    if (term === null) break;
    const before = postings.length;
    let previous = -1;
    for (const [index, cursor] of cursors.entries()) {
      if (!isLeft[index] || cursor.term !== term) continue;
      const source = sources[index] as Segment;
      previous = copyPostings(source.postings, cursor, { numbers: numbers[index] ?? [], previous, into: postings });
      isLeft[index] = cursor.next();
    }
    if (postings.length > before) vocabulary.add(term, postings.length - before);
    if (terms % STRIDE_TERMS === 0) yield;
  }
  const segment = new Segment({
    entries,
    lengths: Uint32Array.from(lengths),
    vocabulary: vocabulary.finish(),
    postings: postings.finish(),
  });
  return { segment, numbers };
}

function leastTerm(cursors: readonly TermCursor[], isLeft: readonly boolean[]): string | null {
  let least: string | null = null;
  for (const [index, cursor] of cursors.entries()) {
    if (isLeft[index] && (least === null || cursor.term < least)) least = cursor.term;
  }
  return least;
}

/** Copies one term's postings under new numbers; returns the last one. */
function copyPostings(
  bytes: Uint8Array,
  range: { readonly from: number; readonly to: number },
  copy: { readonly numbers: readonly number[]; readonly previous: number; readonly into: ByteWriter },
): number {
  const reader = new ByteReader(bytes, range.from);
  let { previous } = copy;
  let doc = -1;
  while (reader.at < range.to) {
    doc += reader.varint();
    const head = reader.varint();
    const flags = head & 1 ? reader.varint() : 0;
    const number = copy.numbers[doc] ?? -1;
    if (number < 0) continue;
    writePosting(copy.into, { doc: number, previous, count: head >> 1, flags });
    previous = number;
  }
  return previous;
}
