import { Readability } from '@mozilla/readability';
import { attribute, charactersOf, isElement, isText, nameOf, parentOf, queryAll, walk } from '../dom.ts';
import { readBlocks } from './blocks.ts';
import { completed } from './completed.ts';
import { isReadable } from './limits.ts';
import type { LookedAt } from './scope.ts';
import type { Reading } from './writer.ts';

/** Where an element of Readability’s copy stood in the page. */
const AT = 'data-liasse-at';

/**
 * The text as Readability finds it, with what it took out of the middle of it: it weighs tables, lists and headings as if they were
 * menus. Null when it finds none, or when the page is too long for it.
 */
export function readByReadability(page: LookedAt): Reading | null {
  if (!isReadable(page)) return null;
  // It takes its document apart.
  const document = page.document.cloneNode(true) as Document;
  // It takes a heading out that says the page's title again, or, of a page without one, its only `h1`: here it is text like another.
  document.title = 'untitled untitled untitled';
  const elements = queryAll(page.body, '*');
  for (const [at, element] of queryAll(document.body, '*').entries()) mark(element, String(at));
  const article = new Readability(document, { disableJSONLD: true, serializer: (node) => node }).parse();
  if (!(article?.content instanceof Element)) return null;
  return completed(page, keptOf(article.content, elements)) ?? readBlocks(article.content);
}

/**
 * Writes a place on an element, and on each text in it: Readability puts those of a division into paragraphs of its own, and may put such a
 * paragraph in the place of the division.
 */
function mark(element: Element, at: string): void {
  element.setAttribute(AT, at);
  if (nameOf(element) !== 'div') return;
  for (const text of [...element.childNodes].filter(isText)) {
    if (charactersOf(text).trim() === '') continue;
    const span = element.ownerDocument.createElement('span');
    span.setAttribute(AT, at);
    text.replaceWith(span);
    span.append(text);
  }
}

/** How many characters directly in each element of the page a reader kept. */
function keptOf(content: Element, elements: readonly Element[]): ReadonlyMap<Element, number> {
  const kept = new Map<Element, number>();
  walk(content, {
    enter(node) {
      if (!isText(node)) return isElement(node);
      const length = charactersOf(node).replace(/\s+/gu, '').length;
      const element = length === 0 ? undefined : elements[placeOf(node)];
      if (element !== undefined) kept.set(element, (kept.get(element) ?? 0) + length);
      return false;
    },
    leave() {},
  });
  return kept;
}

/** The number of the nearest element that came from the page; those it made itself have none. */
function placeOf(text: Node): number {
  for (let above = parentOf(text); above !== null && isElement(above); above = parentOf(above)) {
    const at = attribute(above, AT);
    if (at !== null) return Number(at);
  }
  return -1;
}
