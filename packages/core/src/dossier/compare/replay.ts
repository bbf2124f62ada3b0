import type { TextBlock, TextBlocks } from '../text.ts';
import type { BlockChange, Comparison } from './comparison.ts';

/** The later text, from the earlier one and what changed: the proof that a comparison leaves nothing out. */
export const laterText = (before: TextBlocks, comparison: Comparison): TextBlocks =>
  inOrder(comparison, (change) => {
    if (change.kind === 'same') return [change.after, before[change.before]];
    return 'block' in change ? [change.after, change.block] : null;
  });

/** The earlier text, from the later one and what changed. */
export const earlierText = (after: TextBlocks, comparison: Comparison): TextBlocks =>
  inOrder(comparison, (change) => {
    if (change.kind === 'same') return [change.before, after[change.after]];
    return 'former' in change ? [change.before, change.former] : null;
  });

function inOrder(
  { sections }: Comparison,
  placed: (change: BlockChange) => readonly [place: number, block: TextBlock | undefined] | null,
): TextBlocks {
  return sections
    .flatMap(({ blocks }) => blocks.flatMap((change) => [placed(change)]))
    .filter((found) => found !== null)
    .sort(([a], [b]) => a - b)
    .flatMap(([, block]) => block ?? []);
}
