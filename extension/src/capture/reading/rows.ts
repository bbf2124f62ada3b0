import type { TextBlock } from '@liasse/core';
import { firstChildOf, foldedText, isElement, nameOf, nextSiblingOf, query } from '../dom.ts';
import { isBullet, isMarker } from './markers.ts';

/** A table's row, as it will be written. */
export type RowReading =
  /** A row of cells, to be written as it is. */
  | { readonly kind: 'row'; readonly block: TextBlock }
  /** The table makes an indent only: `marker` stands in the cell `first`, the text in the other. */
  | { readonly kind: 'item'; readonly first: Element; readonly marker: string | null }
  /** The table makes a layout only: its text reads as if there were none. */
  | { readonly kind: 'layout' };

/** Null for a row without text. */
export function readRow(row: Element, holdsTable: boolean): RowReading | null {
  // Of a row that holds a table only the first words are looked at: tables nest, and each level would read all below it again.
  const cells = cellsOf(row, holdsTable ? 200 : Number.POSITIVE_INFINITY);
  const filled = cells.filter(({ text }) => text !== '');
  const [first, second] = filled;
  if (first === undefined) return null;
  const single = filled.length === 2 && second !== undefined;
  if (single && isMarker(first.text)) return { kind: 'item', first: first.element, marker: first.text };
  if (single && isBullet(first.text)) return { kind: 'item', first: first.element, marker: null };
  const header = cells.every(({ name }) => name === 'th');
  if (holdsTable || (filled.length === 1 && !header) || filled.some(({ element, text }) => isColumn(element, text)))
    return { kind: 'layout' };
  return { kind: 'row', block: { kind: 'row', header, cells: cells.slice(0, 200).map(({ text }) => text) } };
}

/** Whether a cell is a column of the page: tables once laid out whole pages, and on intranets some do still. */
const isColumn = (cell: Element, text: string): boolean => text.length > 400 && query(cell, 'h1, h2, h3, h4') !== null;

function cellsOf(
  row: Element,
  limit: number,
): { readonly element: Element; readonly name: string; readonly text: string }[] {
  const cells = [];
  for (let child = firstChildOf(row); child !== null; child = nextSiblingOf(child)) {
    if (!isElement(child)) continue;
    const name = nameOf(child);
    if (name === 'td' || name === 'th') cells.push({ element: child, name, text: foldedText(child, limit) });
  }
  return cells;
}
