import type { TextBlocks } from '../text.ts';
import { alignBlocks, type BlockPair, type NumberedText } from './alignBlocks.ts';
import type { WordRun } from './comparison.ts';
import { longestIncreasing } from './increasing.ts';
import { pairSections } from './pairSections.ts';
import { comparedText, type Section, saidBy, sectionsOf } from './sections.ts';
import type { Meter } from './shortestEdit.ts';
import { Vocabulary } from './vocabulary.ts';
import { compareWords } from './words.ts';

/**
 * What two texts cost at most, beyond reading them: about a second of a slow machine. Two hostile texts get fewer edits a paragraph,
 * down to `MIN_EDITS`, and are shown paragraph by paragraph where that is not enough.
 */
const MAX_STEPS = 100_000_000;
const MIN_EDITS = 64;

/** A comparison before it is put into words: which section and which block became which, whatever the direction. */
export interface Alignment {
  readonly a: readonly Section[];
  readonly b: readonly Section[];
  readonly pairs: readonly SectionAlignment[];
  /** Blocks found word for word in another section, by their place in `a` and in `b`. */
  readonly movedTo: ReadonlyMap<number, number>;
}

export interface SectionAlignment {
  readonly a: number;
  readonly b: number;
  readonly moved: boolean;
  readonly blocks: readonly AlignedBlock[];
}

export interface AlignedBlock extends BlockPair {
  /** Null for blocks that say the same, and where telling the words apart would take too long. */
  readonly words: readonly WordRun[] | null;
}

/** Tells which section, which block and which words of one text became which of another. */
export function align(a: TextBlocks, b: TextBlocks, meter: Meter): Alignment {
  const vocabulary = new Vocabulary();
  const sections = { a: sectionsOf(a), b: sectionsOf(b) };
  const [first, second] = [numbered(a, vocabulary), numbered(b, vocabulary)];
  const pairs = pairSections(sections.a, sections.b, vocabulary);
  const inPlace = longestIncreasing(pairs.map(([, j]) => j));
  const options = { maxEdits: editsFor(a.length + b.length), meter };

  const aligned = pairs.map(([i, j], place) => {
    const [x, y] = [sections.a[i] as Section, sections.b[j] as Section];
    return {
      a: i,
      b: j,
      moved: !inPlace.has(place),
      // Openings are one another's, whatever became of their words.
      blocks: [
        { a: x.from, b: y.from, same: first.said[x.from] === second.said[y.from] },
        ...alignBlocks(first, [x.from + 1, x.to], second, [y.from + 1, y.to], options),
      ],
    };
  });

  const changed = aligned.flatMap(({ blocks }) => blocks.filter(({ same }) => !same));
  let characters = 0;
  for (const pair of changed) characters += textAt(a, pair.a).length + textAt(b, pair.b).length;
  const wordOptions = { vocabulary, maxEdits: editsFor(characters / CHARACTERS_PER_TOKEN), meter };
  const withWords = (pair: BlockPair): AlignedBlock => ({
    ...pair,
    words: pair.same ? null : compareWords(textAt(a, pair.a), textAt(b, pair.b), wordOptions),
  });
  const done = aligned.map((pair) => ({ ...pair, blocks: pair.blocks.map(withWords) }));
  return { ...sections, pairs: done, movedTo: movedBlocks(first, second, changedSides(first, second, done)) };
}

/** A word and the space after it. */
const CHARACTERS_PER_TOKEN = 3;

/** As many edits for each as keep all of `tokens` within the bound: n tokens at d edits take at most about n × d steps. */
const editsFor = (tokens: number): number => Math.max(MIN_EDITS, Math.floor(MAX_STEPS / Math.max(1, tokens)));

const textAt = (blocks: TextBlocks, place: number): string => comparedText(blocks[place] as TextBlocks[number]);

function numbered(blocks: TextBlocks, vocabulary: Vocabulary): NumberedText {
  const bags = new Map<number, Int32Array>();
  return {
    blocks,
    // Of their own kind, so that a paragraph of one word is not that word.
    said: Int32Array.from(blocks, (block) => vocabulary.idOf(`¶${saidBy(block)}`)),
    words: (place) => {
      let bag = bags.get(place);
      if (bag === undefined) {
        bag = vocabulary.wordBag(textAt(blocks, place));
        bags.set(place, bag);
      }
      return bag;
    },
  };
}

/** The blocks of each text that have no counterpart. */
function changedSides(first: NumberedText, second: NumberedText, pairs: readonly SectionAlignment[]) {
  const [a, b] = [new Set(first.blocks.keys()), new Set(second.blocks.keys())];
  for (const pair of pairs.flatMap(({ blocks }) => blocks)) {
    a.delete(pair.a);
    b.delete(pair.b);
  }
  return { a, b };
}

/** Shorter ones stand in many places by chance. */
const MIN_MOVED_CHARACTERS = 30;

/** Blocks without a counterpart that say what one other, and only one, says elsewhere. */
function movedBlocks(
  first: NumberedText,
  second: NumberedText,
  unpaired: { readonly a: ReadonlySet<number>; readonly b: ReadonlySet<number> },
): ReadonlyMap<number, number> {
  const alone = ({ blocks, said }: NumberedText, places: ReadonlySet<number>) => {
    const found = new Map<number, number>();
    for (const place of places) {
      if (textAt(blocks, place).length < MIN_MOVED_CHARACTERS) continue;
      const id = said[place] as number;
      found.set(id, found.has(id) ? -1 : place);
    }
    return found;
  };
  const there = alone(second, unpaired.b);
  const moved = new Map<number, number>();
  for (const [id, place] of alone(first, unpaired.a)) {
    const other = there.get(id) ?? -1;
    if (place !== -1 && other !== -1) moved.set(place, other);
  }
  return moved;
}
