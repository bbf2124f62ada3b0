import type { TextBlocks } from '../text.ts';
import { type Alignment, align } from './alignment.ts';
import type { Comparison, WordRun } from './comparison.ts';
import { presented } from './presented.ts';
import type { Meter } from './shortestEdit.ts';

/**
 * Compares two versions of a text: article by article, then paragraph by paragraph, then word by word.
 *
 * The alignment is always made in one direction, whichever is asked for, so that the two directions never disagree on what moved.
 *
 * @param meter - counts the steps taken
 * @see SPEC.md V1–V12
 */
export function compareTexts(before: TextBlocks, after: TextBlocks, meter: Meter = { steps: 0 }): Comparison {
  const forwards = comesFirst(before, after);
  const alignment = forwards ? align(before, after, meter) : align(after, before, meter);
  return presented(before, after, forwards ? alignment : reversed(alignment));
}

/** Any total order of texts would do. */
function comesFirst(before: TextBlocks, after: TextBlocks): boolean {
  if (before.length !== after.length) return before.length < after.length;
  for (const [index, block] of before.entries()) {
    const [x, y] = [JSON.stringify(block), JSON.stringify(after[index])];
    if (x !== y) return x < y;
  }
  return true;
}

/** The same alignment, seen from the other text. */
function reversed({ a, b, pairs, movedTo }: Alignment): Alignment {
  const back = { same: 'same', added: 'removed', removed: 'added' } as const;
  return {
    a: b,
    b: a,
    pairs: pairs.map((pair) => ({
      ...pair,
      a: pair.b,
      b: pair.a,
      blocks: pair.blocks.map((block) => ({
        ...block,
        a: block.b,
        b: block.a,
        words: block.words === null ? null : removedFirst(block.words.map((run) => ({ ...run, kind: back[run.kind] }))),
      })),
    })),
    movedTo: new Map([...movedTo].map(([from, to]) => [to, from])),
  };
}

/** Between two same runs, what was removed is read before what was added. */
function removedFirst(runs: readonly WordRun[]): readonly WordRun[] {
  const ordered: WordRun[] = [];
  for (const run of runs) {
    const last = ordered.at(-1);
    if (run.kind === 'removed' && last?.kind === 'added') ordered.splice(-1, 0, run);
    else ordered.push(run);
  }
  return ordered;
}
