import type { TextBlock } from '@liasse/core';
import { fold } from '../../kit/index.ts';

type Item = Extract<TextBlock, { kind: 'item' }>;
type Row = Extract<TextBlock, { kind: 'row' }>;

/** What is drawn as one: the items of a list and the rows of a table come one by one, and belong together. */
export type Passage =
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly rows: readonly Row[] }
  | Exclude<TextBlock, Item | Row>;

/** Groups the blocks of a text into what is drawn as one. */
export function passagesOf(blocks: readonly TextBlock[]): readonly Passage[] {
  const passages: Passage[] = [];
  let items: Item[] | null = null;
  let rows: Row[] | null = null;
  for (const block of blocks) {
    if (block.kind === 'item') {
      if (items === null) {
        items = [];
        passages.push({ kind: 'list', items });
      }
      items.push(block);
    } else {
      items = null;
    }
    if (block.kind === 'row') {
      if (rows === null) {
        rows = [];
        passages.push({ kind: 'table', rows });
      }
      rows.push(block);
    } else {
      rows = null;
    }
    if (block.kind !== 'item' && block.kind !== 'row') passages.push(block);
  }
  return passages;
}

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
