import type { Section } from './sections.ts';
import { likeness, type Vocabulary } from './vocabulary.ts';

/** A section of the first text with the one of the second that it became, by their places. */
export type SectionPair = readonly [first: number, second: number];

/** Shorter ones are found in many places by chance (*(Abrogé)*). */
const MIN_TELLING_CHARACTERS = 30;
/** Under this, one number holds two texts, and the words may have gone elsewhere. */
const SAME_NUMBER_LIKENESS = 0.3;
/** What makes one text of two sections under different numbers. */
const RENUMBERED_LIKENESS = 0.5;
/** A sequence of words found in more sections than this tells nothing about where one came from. */
const MAX_HOLDERS = 4;
const SHINGLE_WORDS = 3;

/**
 * Tells which section became which, the surest signs first: number and words, words alone, number with like words, like words,
 * number alone. Linear in the texts: only words that few sections share are looked up.
 */
export function pairSections(
  first: readonly Section[],
  second: readonly Section[],
  vocabulary: Vocabulary,
): readonly SectionPair[] {
  const pairs: SectionPair[] = [];
  const left = new Set(first.keys());
  const right = new Set(second.keys());
  const pair = (i: number, j: number) => {
    pairs.push([i, j]);
    left.delete(i);
    right.delete(j);
  };
  const bags = [new Map<number, Int32Array>(), new Map<number, Int32Array>()] as const;
  const bagOf = (side: 0 | 1, index: number): Int32Array => {
    let bag = bags[side].get(index);
    if (bag === undefined) {
      bag = vocabulary.wordBag((side === 0 ? first : second)[index]?.body ?? '');
      bags[side].set(index, bag);
    }
    return bag;
  };
  const like = (i: number, j: number) => likeness(bagOf(0, i), bagOf(1, j));

  const sameNumber = () => {
    const numbered = new Map([...right].map((j) => [(second[j] as Section).key, j]));
    return [...left].flatMap((i) => {
      const j = numbered.get((first[i] as Section).key);
      return j === undefined ? [] : [[i, j] as const];
    });
  };
  for (const [i, j] of sameNumber()) if (first[i]?.body === second[j]?.body) pair(i, j);
  for (const [i, j] of sameWords(first, left, second, right)) pair(i, j);
  for (const [i, j] of sameNumber()) if (like(i, j) >= SAME_NUMBER_LIKENESS) pair(i, j);
  for (const [i, j] of likeWords(first, left, second, right, vocabulary, like)) pair(i, j);
  for (const [i, j] of sameNumber()) pair(i, j);
  return pairs.sort((x, y) => x[0] - y[0]);
}

/** Sections that say the same under different numbers, where no other says it. */
function sameWords(
  first: readonly Section[],
  left: ReadonlySet<number>,
  second: readonly Section[],
  right: ReadonlySet<number>,
): readonly SectionPair[] {
  const alone = (sections: readonly Section[], of: ReadonlySet<number>) => {
    const found = new Map<string, number | null>();
    for (const index of of) {
      const { article, body } = sections[index] as Section;
      // An article never becomes a passage: they are counted apart.
      const said = `${article} ${body}`;
      if (body.length >= MIN_TELLING_CHARACTERS) found.set(said, found.has(said) ? null : index);
    }
    return found;
  };
  const there = alone(second, right);
  return [...alone(first, left)].flatMap(([said, i]) => {
    const j = there.get(said) ?? null;
    return i === null || j === null ? [] : [[i, j] as const];
  });
}

/** Sections that say nearly the same under different numbers, the likest first. */
function likeWords(
  first: readonly Section[],
  left: ReadonlySet<number>,
  second: readonly Section[],
  right: ReadonlySet<number>,
  vocabulary: Vocabulary,
  like: (i: number, j: number) => number,
): readonly SectionPair[] {
  const holders = new Map<string, { readonly left: Set<number>; readonly right: Set<number> }>();
  const note = (sections: readonly Section[], of: ReadonlySet<number>, side: 'left' | 'right') => {
    for (const index of of) {
      for (const shingle of shingles((sections[index] as Section).body, vocabulary)) {
        let held = holders.get(shingle);
        if (held === undefined) {
          held = { left: new Set(), right: new Set() };
          holders.set(shingle, held);
        }
        if (held[side].size <= MAX_HOLDERS) held[side].add(index);
      }
    }
  };
  note(first, left, 'left');
  note(second, right, 'right');

  const shared = new Map<number, number>();
  const width = second.length;
  for (const held of holders.values()) {
    if (held.left.size > MAX_HOLDERS || held.right.size > MAX_HOLDERS) continue;
    for (const i of held.left)
      for (const j of held.right) shared.set(i * width + j, (shared.get(i * width + j) ?? 0) + 1);
  }
  // Weighing a pair reads both sections, so each section is weighed against its few best partners only.
  const weighed = new Map<number, number>();
  const candidates = [...shared]
    .sort((x, y) => y[1] - x[1] || x[0] - y[0])
    .flatMap(([code]) => {
      const i = Math.floor(code / width);
      const j = code % width;
      const tries = [weighed.get(i) ?? 0, weighed.get(-1 - j) ?? 0] as const;
      if (Math.max(...tries) >= MAX_HOLDERS) return [];
      weighed.set(i, tries[0] + 1);
      weighed.set(-1 - j, tries[1] + 1);
      const score = first[i]?.article === second[j]?.article ? like(i, j) : 0;
      return score >= RENUMBERED_LIKENESS ? [{ i, j, score }] : [];
    });
  const taken = { left: new Set<number>(), right: new Set<number>() };
  return candidates
    .sort((x, y) => y.score - x.score || x.i - y.i || x.j - y.j)
    .flatMap(({ i, j }) => {
      if (taken.left.has(i) || taken.right.has(j)) return [];
      taken.left.add(i);
      taken.right.add(j);
      return [[i, j] as const];
    });
}

function* shingles(body: string, vocabulary: Vocabulary): Iterable<string> {
  const words = vocabulary.tokens(body).ids.filter((id) => vocabulary.isWord(id));
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) yield words.subarray(at, at + SHINGLE_WORDS).join(' ');
}
