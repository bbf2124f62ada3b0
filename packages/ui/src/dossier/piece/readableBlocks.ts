import type { TextBlock } from '@liasse/core';
import { fold } from '../../kit/index.ts';

/** A text without the heading it starts with, when that says the piece’s own title, which stands above it already. */
export function withoutTitle(blocks: readonly TextBlock[], title: string): readonly TextBlock[] {
  const [first, ...rest] = blocks;
  return first?.kind === 'heading' && fold(first.text) === fold(title) ? rest : blocks;
}

/**
 * The level a heading is drawn at, below the piece's own title (1). Pages start at any level and skip some; what is kept is
 * their order, without a gap that a screen reader would announce.
 */
export function headingLevels(blocks: readonly TextBlock[]): ReadonlyMap<TextBlock, number> {
  const levels = new Map<TextBlock, number>();
  const above: number[] = [];
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    while ((above.at(-1) ?? 0) >= block.level) above.pop();
    above.push(block.level);
    levels.set(block, Math.min(6, 1 + above.length));
  }
  return levels;
}
