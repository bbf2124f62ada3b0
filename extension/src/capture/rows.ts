import type { TextBlock } from '@liasse/core';
import { firstChildOf, foldedText, isElement, nameOf, nextSiblingOf } from './dom.ts';

/** `(1)`, `a)`, `iv.`, `1°`, `—`: what EU texts put in the first column of a table made for its indent. */
const MARKER = /^(?:\(?[0-9A-Za-z]{1,5}[).°]{1,2}|\([0-9A-Za-z]{1,5}\)|[-–—•·])$/u;

/**
 * A table's row: a row of cells, or, when the table only makes an indent, a numbered item or a paragraph. Null when it
 * holds no text.
 */
export function rowBlock(row: Element, isShown: (element: Element) => boolean): TextBlock | null {
  const cells: string[] = [];
  let headers = 0;
  for (let child = firstChildOf(row); child !== null; child = nextSiblingOf(child)) {
    if (!isElement(child)) continue;
    const name = nameOf(child);
    if ((name !== 'td' && name !== 'th') || !isShown(child)) continue;
    if (name === 'th') headers += 1;
    cells.push(foldedText(child));
  }
  const filled = cells.filter((cell) => cell !== '');
  const [first, second] = filled;
  if (first === undefined) return null;
  if (second === undefined)
    return headers > 0 ? { kind: 'row', header: true, cells: [first] } : { kind: 'paragraph', text: first };
  if (filled.length === 2 && MARKER.test(first)) {
    return { kind: 'item', depth: 0, marker: /^[-–—•·]$/u.test(first) ? null : first, text: second };
  }
  return { kind: 'row', header: headers === cells.length, cells: cells.slice(0, 200) };
}
