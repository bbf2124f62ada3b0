import type { TextBlock } from '../text.ts';

type Item = Extract<TextBlock, { kind: 'item' }>;
type Row = Extract<TextBlock, { kind: 'row' }>;

/** What is shown as one: the items of a list and the rows of a table come one by one, and belong together. */
export type Passage =
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly rows: readonly Row[] }
  | Exclude<TextBlock, Item | Row>;

/** Groups the blocks of a text into what is shown as one. */
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

/** The items of a list with a level each, from 0, that skips none: what lists of documents can say. */
export function levelled(items: readonly Item[]): readonly { readonly item: Item; readonly level: number }[] {
  let above = -1;
  return items.map((item) => {
    above = Math.min(item.depth, above + 1);
    return { item, level: above };
  });
}
