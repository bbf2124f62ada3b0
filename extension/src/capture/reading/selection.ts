import { charactersOf } from '../dom.ts';
import { readBlocks } from './blocks.ts';
import { flatten, type Sight } from './flatten.ts';
import type { PageText } from './readText.ts';

/**
 * The text that is selected, in the blocks that it stands in: half a paragraph is a paragraph, an item keeps its marker. Firefox
 * selects several passages at once.
 *
 * @returns null where nothing that can be read is selected
 */
export function readSelection(document: Document, sight: Sight): PageText | null {
  const ranges = rangesOf(document);
  if (ranges.length === 0) return null;
  const flat = flatten(document, { ...sight, textOf: (text) => selectedIn(text, ranges) });
  const { blocks, dropped } = readBlocks(flat.body);
  // The rows of a table come with all of their cells, of which none may be selected.
  const selected = blocks.filter((block) => block.kind !== 'row' || block.cells.some((cell) => cell !== ''));
  return selected.length === 0 ? null : { blocks: selected, coverage: null, dropped: flat.dropped + dropped };
}

function rangesOf(document: Document): readonly Range[] {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed) return [];
  return Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
}

function selectedIn(text: Text, ranges: readonly Range[]): string {
  const characters = charactersOf(text);
  return ranges
    .filter((range) => range.intersectsNode(text))
    .map((range) =>
      characters.slice(
        text === range.startContainer ? range.startOffset : 0,
        text === range.endContainer ? range.endOffset : characters.length,
      ),
    )
    .join('');
}
