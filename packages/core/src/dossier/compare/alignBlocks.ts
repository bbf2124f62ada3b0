import { markerOf } from '../provision.ts';
import type { TextBlocks } from '../text.ts';
import { longestIncreasing } from './increasing.ts';
import { type Match, type Meter, shortestEdit } from './shortestEdit.ts';
import { likeness } from './vocabulary.ts';

/** One block in both texts; `same`: it says the same. */
export interface BlockPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** The blocks of one text, each with the number of what it says. */
export interface NumberedText {
  readonly blocks: TextBlocks;
  readonly said: Int32Array;
  readonly words: (block: number) => Int32Array;
}

export interface AlignOptions {
  readonly maxEdits: number;
  readonly meter: Meter;
}

type Span = readonly [from: number, to: number];

/** Two blocks are one that changed when they share this much; less is enough when they bear the same number. */
const CHANGED_LIKENESS = 0.4;
const SAME_MARKER_LIKENESS = 0.15;
/** How many words the search for what became of the blocks between two that stayed may weigh. */
const WEIGHED_WORDS = 2_000_000;

/** Aligns the blocks of two sections, in order: those that say the same, then, between them, those that say nearly the same. */
export function alignBlocks(
  a: NumberedText,
  [aFrom, aTo]: Span,
  b: NumberedText,
  [bFrom, bTo]: Span,
  options: AlignOptions,
): readonly BlockPair[] {
  const aSaid = a.said.subarray(aFrom, aTo);
  const bSaid = b.said.subarray(bFrom, bTo);
  const matches = shortestEdit(aSaid, bSaid, options) ?? onlyOnes(aSaid, bSaid);
  const pairs: BlockPair[] = [];
  let done = { a: aFrom, b: bFrom };
  for (const match of [...matches, { a: aSaid.length, b: bSaid.length, length: 0 }]) {
    const next = { a: aFrom + match.a, b: bFrom + match.b };
    pairs.push(...alignChanged(a, [done.a, next.a], b, [done.b, next.b], options.meter));
    for (let at = 0; at < match.length; at++) pairs.push({ a: next.a + at, b: next.b + at, same: true });
    done = { a: next.a + match.length, b: next.b + match.length };
  }
  return pairs;
}

/** When too much differs: what is said once in each text, in the order of both. */
function onlyOnes(a: Int32Array, b: Int32Array): readonly Match[] {
  const places = (said: Int32Array) => {
    const found = new Map<number, number>();
    for (const [place, id] of said.entries()) found.set(id, found.has(id) ? -1 : place);
    return found;
  };
  const there = places(b);
  const both = [...places(a)].flatMap(([id, place]) => {
    const other = there.get(id) ?? -1;
    return place === -1 || other === -1 ? [] : [{ a: place, b: other, length: 1 }];
  });
  const kept = longestIncreasing(both.map((match) => match.b));
  return both.filter((_, place) => kept.has(place));
}

/**
 * Pairs the blocks of a stretch where nothing is the same, in order, so that the pairs share the most. Long stretches are searched in
 * a band around the diagonal, as wide as the bound on words allows.
 */
function alignChanged(
  a: NumberedText,
  [aFrom, aTo]: Span,
  b: NumberedText,
  [bFrom, bTo]: Span,
  meter: Meter,
): BlockPair[] {
  const n = aTo - aFrom;
  const m = bTo - bFrom;
  if (n === 0 || m === 0) return [];
  let words = 0;
  for (let i = aFrom; i < aTo; i++) words += a.words(i).length + 1;
  for (let j = bFrom; j < bTo; j++) words += b.words(j).length + 1;
  const half = Math.max(2, Math.min(200, Math.floor(WEIGHED_WORDS / words)));
  const low = (i: number) => Math.max(1, Math.round((i * m) / n) - half);
  const high = (i: number) => Math.min(m, Math.round((i * m) / n) + half);

  // best: the most that the first i and j blocks can share. Left of the band nothing is counted, right of it nothing is added.
  const width = 2 * half + 1;
  const best = new Float64Array((n + 1) * width);
  const step = new Uint8Array((n + 1) * width);
  const cell = (i: number, j: number) => i * width + (j - low(i));
  const bestAt = (i: number, j: number) =>
    i === 0 || j < low(i) ? 0 : (best[cell(i, Math.min(j, high(i)))] as number);
  for (let i = 1; i <= n; i++) {
    for (let j = low(i); j <= high(i); j++) {
      const gain = gainOf(a, aFrom + i - 1, b, bFrom + j - 1, meter);
      const paired = gain === 0 ? -1 : bestAt(i - 1, j - 1) + gain;
      const up = bestAt(i - 1, j);
      const back = bestAt(i, j - 1);
      const most = Math.max(paired, up, back);
      best[cell(i, j)] = most;
      step[cell(i, j)] = paired === most ? PAIR : up === most ? UP : BACK;
    }
  }
  const pairs: BlockPair[] = [];
  for (let i = n, j = m; i > 0 && j > 0; ) {
    j = Math.min(j, high(i));
    if (j < low(i)) break;
    const taken = step[cell(i, j)];
    if (taken === PAIR) pairs.push({ a: aFrom + i - 1, b: bFrom + j - 1, same: false });
    if (taken !== BACK) i--;
    if (taken !== UP) j--;
  }
  return pairs.reverse();
}

const PAIR = 1;
const UP = 2;
const BACK = 3;

function gainOf(a: NumberedText, i: number, b: NumberedText, j: number, meter: Meter): number {
  const [x, y] = [a.words(i), b.words(j)];
  meter.steps += x.length + y.length;
  const shared = likeness(x, y);
  const marker = markerOf(a.blocks[i] as NumberedText['blocks'][number])?.marker;
  const sameMarker = marker !== undefined && marker === markerOf(b.blocks[j] as NumberedText['blocks'][number])?.marker;
  if (shared < (sameMarker ? SAME_MARKER_LIKENESS : CHANGED_LIKENESS)) return 0;
  return shared + (sameMarker ? 0.5 : 0);
}
