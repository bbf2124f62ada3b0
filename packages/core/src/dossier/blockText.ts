import type { TextBlock, TextBlocks } from './text.ts';

/** Between two cells of a row, in the text of a block. */
const CELL_BREAK = '\t';

/** Between two blocks, in the text of a whole. */
const BLOCK_BREAK = '\n';

/** The words of a block as one string. An item's marker is not among them: it is drawn beside, and counted, not written. */
export const blockText = (block: TextBlock): string =>
  block.kind === 'row' ? block.cells.join(CELL_BREAK) : block.text;

/** A readable text as one string, in which offsets are UTF-16 code units, as everywhere in a browser. */
export interface ProjectedText {
  readonly blocks: TextBlocks;
  readonly text: string;
  /** Where each block begins. */
  readonly starts: readonly number[];
}

/**
 * The one string that positions in a readable text are offsets of: the words of its blocks, a line break between them. Everything
 * that stores or reads a position goes through here; another projection would be another format.
 */
export function projectText(blocks: TextBlocks): ProjectedText {
  const starts: number[] = [];
  const texts = blocks.map(blockText);
  let at = 0;
  for (const text of texts) {
    starts.push(at);
    at += text.length + BLOCK_BREAK.length;
  }
  return { blocks, text: texts.join(BLOCK_BREAK), starts };
}

/** The block that an offset stands in, by binary search; -1 in a text without blocks. */
export function blockAt({ starts }: Pick<ProjectedText, 'starts'>, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
