import { nameOf, parentOf } from '../dom.ts';
import { readBlocks } from './blocks.ts';
import { isFurniture, isNamedApart, isNamedAround, isNamedBeside } from './furniture.ts';
import { commonOf, headingOf, isBefore } from './heading.ts';
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
  const place = innermost(page.body, (element) => keptIn(element) >= whole * 0.95);
  const core = innermost(place, (element) => keptIn(element) >= (whole * 2) / 3);
  const heading = headingOf(page, place);
  const root = heading === null ? place : commonOf(heading, place);
  const { weightOf } = page;
  const isKept = (element: Element) => keptIn(element) >= weightOf(element).characters / 2;
  const isOutside = (element: Element) =>
    !place.contains(element) && (heading === null || isBefore(element, heading) || isBefore(place, element));
  /** What stands between the heading and most of the text, and is short: a summary, a caption, a place and a date. */
  const isLead = (element: Element) =>
    (heading === null || !isBefore(element, heading)) &&
    isBefore(element, core) &&
    weightOf(element).characters < weightOf(core).characters / 4 &&
    linkShare(page, element) < 0.3;
  const isLeftOut = (element: Element) => {
    if (element === heading || element.contains(core) || (heading !== null && element.contains(heading))) return false;
    if (heading?.contains(element)) return false;
    if (isOutside(element) || isFurniture(element) || isOtherColumn(element, core)) return true;
    if (isNamedApart(element) && weightOf(element).characters < weightOf(place).characters / 4) return true;
    if (isNamedAround(element) && linkShare(page, element) >= 0.9) return true;
    if (isKept(element) && core.contains(element)) return false;
    // Names lie: what the reader took for text and is hardly made of links is text under any name.
    if (isKept(element) && isNamedBeside(element) && linkShare(page, element) < 0.3) return false;
    if (isNamedAround(element) || isWayOut(page, element)) return true;
    if (isKept(element)) return false;
    // What stands beside most of the text is judged as a whole, and then what is in it as if it were in the text.
    const isBeside = parentOf(element)?.contains(core) === true && !core.contains(element);
    return isBeside ? !isLead(element) : isDropped(page, element, keptIn(element));
  };
  const reading = readBlocks(root, isLeftOut);
  while (reading.blocks.at(-1)?.kind === 'heading') reading.blocks.pop();
  return reading.blocks.length === 0 ? null : reading;
}

const linkShare = ({ weightOf }: LookedAt, element: Element): number => {
  const { characters, linkCharacters } = weightOf(element);
  return characters === 0 ? 0 : linkCharacters / characters;
};

/** Whether a division that the reader dropped whole is one of links. */
const isDropped = (page: LookedAt, element: Element, kept: number): boolean =>
  kept === 0 &&
  /^(?:div|section|ul|ol)$/.test(nameOf(element)) &&
  page.weightOf(element).links >= 2 &&
  linkShare(page, element) > 0.3;

/** Where the text is in one cell of a table, the cells beside it are other columns of the page. */
const isOtherColumn = (element: Element, core: Element): boolean =>
  nameOf(element) === 'td' && parentOf(element)?.contains(core) === true;

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
function innermost(from: Element, holds: (element: Element) => boolean): Element {
  let place = from;
  for (;;) {
    const inner = [...place.children].find((child) => DIVISIONS.test(nameOf(child)) && holds(child));
    if (inner === undefined) return place;
    place = inner;
  }
}

const DIVISIONS = /^(?:article|blockquote|center|div|font|main|section|span|table|tbody|td|tr)$/;
