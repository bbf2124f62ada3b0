import { foldedText, nameOf, parentOf, queryAll } from '../dom.ts';
import { isFurniture } from './furniture.ts';
import type { LookedAt } from './scope.ts';

/**
 * The heading of the page’s text: in the place of the text or before it, the one that the page’s title begins with; else the last `h1`
 * before the place, where there is none in it.
 */
export function headingOf(page: LookedAt, place: Element): Element | null {
  const headings = queryAll(page.body, 'h1, h2').filter(
    (heading) => (place.contains(heading) || isBefore(heading, place)) && !isInFurniture(heading, page.body),
  );
  const title = folded(page.title);
  const titled = headings.find((heading) => {
    const text = folded(foldedText(heading, 300));
    return text.length >= LEAST_CHARACTERS && title.startsWith(text);
  });
  if (titled !== undefined) return titled;
  const first = headings.filter((heading) => nameOf(heading) === 'h1' && foldedText(heading, 300) !== '');
  return first.find((heading) => place.contains(heading)) ?? first.at(-1) ?? null;
}

/** Shorter headings begin a title by chance. */
const LEAST_CHARACTERS = 6;

const folded = (text: string): string =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join(' ') ?? '';

export const isBefore = (first: Element, second: Element): boolean =>
  (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

function isInFurniture(element: Element, body: Element): boolean {
  for (let above = parentOf(element); above instanceof Element && above !== body; above = parentOf(above)) {
    if (isFurniture(above)) return true;
  }
  return false;
}

/** The smallest element that holds both. */
export function commonOf(first: Element, second: Element): Element {
  let common = first;
  while (!common.contains(second)) common = parentOf(common) as Element;
  return common;
}
