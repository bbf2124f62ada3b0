const WORD = /[\p{L}\p{N}]+/gu;

const wordsOf = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];

function countOf(items: readonly string[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const item of items) count.set(item, (count.get(item) ?? 0) + 1);
  return count;
}

export interface Overlap {
  readonly recall: number;
  readonly precision: number;
  readonly f1: number;
}

/**
 * How much of what was wanted was found, and how much of what was found was wanted: words, each as often as it stands there.
 *
 * @param either - what was found of this counts neither for nor against
 */
export function overlap(found: string, wanted: string, either = ''): Overlap {
  const [foundWords, wantedWords] = [wordsOf(found), wordsOf(wanted)];
  const has = countOf(foundWords);
  let shared = 0;
  for (const [word, times] of countOf(wantedWords)) {
    const there = has.get(word) ?? 0;
    shared += Math.min(times, there);
    has.set(word, Math.max(0, there - times));
  }
  let excused = 0;
  for (const [word, times] of countOf(wordsOf(either))) excused += Math.min(times, has.get(word) ?? 0);
  const counted = foundWords.length - excused;
  const recall = wantedWords.length === 0 ? 1 : shared / wantedWords.length;
  const precision = counted === 0 ? 0 : shared / counted;
  return { recall, precision, f1: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision) };
}

/** The share of the different stretches of five words of a text that stand in one of some others. */
export function shingleRecall(wanted: string, found: readonly string[]): number {
  const there = new Set(found.flatMap(shinglesOf));
  const all = new Set(shinglesOf(wanted));
  return all.size === 0 ? 1 : [...all].filter((shingle) => there.has(shingle)).length / all.size;
}

function shinglesOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(4).map((_, at) => words.slice(at, at + 5).join(' '));
}
