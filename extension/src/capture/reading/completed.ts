import { foldedText, nameOf, parentOf, queryAll } from '../dom.ts';
import { readBlocks } from './blocks.ts';
import { isFurniture, isNamedApart, isNamedAround } from './furniture.ts';
import { isWayOut, type LookedAt } from './scope.ts';
import type { Reading } from './writer.ts';

/**
 * All that stands where a reader found a text, from the page’s heading on, but what is around texts: what the reader kept shows where
 * to look, and what it dropped there is only left out when something else speaks against it too.
 *
 * @param kept - how many characters directly in each element the reader kept
 */
export function completed(page: LookedAt, kept: ReadonlyMap<Element, number>): Reading | null {
  const keptIn = summed(page.body, kept);
  const whole = keptIn(page.body);
  if (whole === 0) return null;
  const place = placeOf(page.body, (element) => keptIn(element) >= whole * 0.95);
  const heading = headingBefore(page, place);
  const root = heading === null ? place : commonOf(heading, place);
  const most = page.weightOf(place).characters;
  const shareOf = (element: Element) => keptIn(element) / Math.max(1, page.weightOf(element).characters);
  const isLeftOut = (element: Element) => {
    if (element === heading || element.contains(place) || (heading !== null && element.contains(heading))) return false;
    const isInside = place.contains(element);
    if (!isInside && !isBetween(heading, element, place)) return true;
    if (isFurniture(element)) return true;
    if (isNamedApart(element) && page.weightOf(element).characters < most / 4) return true;
    if (shareOf(element) >= 0.5) return false;
    return isNamedAround(element) || isWayOut(page, element) || isDropped(page, element, shareOf(element));
  };
  const reading = readBlocks(root, isLeftOut);
  return reading.blocks.length === 0 ? null : reading;
}

/** Whether a division that the reader dropped whole is one of links. */
function isDropped({ weightOf }: LookedAt, element: Element, share: number): boolean {
  if (share > 0 || !/^(?:div|section|ul|ol)$/.test(nameOf(element))) return false;
  const { characters, linkCharacters } = weightOf(element);
  return linkCharacters > characters * 0.3;
}

function summed(root: Element, kept: ReadonlyMap<Element, number>): (element: Element) => number {
  const sums = new Map<Element, number>();
  for (const [element, characters] of kept) {
    for (let above: Node | null = element; above instanceof Element; above = above === root ? null : parentOf(above)) {
      sums.set(above, (sums.get(above) ?? 0) + characters);
    }
  }
  return (element) => sums.get(element) ?? 0;
}

/** The innermost division that still holds enough. */
function placeOf(body: Element, holds: (element: Element) => boolean): Element {
  let place = body;
  for (;;) {
    const inner = [...place.children].find((child) => CONTAINERS.test(nameOf(child)) && holds(child));
    if (inner === undefined) return place;
    place = inner;
  }
}

const CONTAINERS = /^(?:article|blockquote|div|main|section|span|table|tbody|td|tr|center|font)$/;

/** The heading of the page, when it stands before the place of its text. */
function headingBefore(page: LookedAt, place: Element): Element | null {
  if (queryAll(place, 'h1').length > 0) return null;
  const before = queryAll(page.body, 'h1, h2').filter(
    (heading) =>
      (heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !isAroundAny(heading),
  );
  return before.filter((heading) => nameOf(heading) === 'h1' && foldedText(heading, 300) !== '').at(-1) ?? null;
}

function isAroundAny(element: Element): boolean {
  for (let above: Node | null = element; above instanceof Element; above = parentOf(above)) {
    if (isFurniture(above)) return true;
  }
  return false;
}

function commonOf(first: Element, second: Element): Element {
  let common = first;
  while (!common.contains(second)) common = parentOf(common) as Element;
  return common;
}

function isBetween(heading: Element | null, element: Element, place: Element): boolean {
  if (heading === null) return false;
  return (
    (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
    (element.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  );
}
