import { attribute, firstChildOf, isElement, nameOf, nextSiblingOf } from '../dom.ts';

/** A list that is being read: how its items are numbered, and the number of its next one. */
export interface ListContext {
  readonly style: string | null;
  next: number;
  readonly step: 1 | -1;
}

export function listContext(list: Element): ListContext {
  if (nameOf(list) !== 'ol') return { style: null, next: 1, step: 1 };
  const reversed = attribute(list, 'reversed') !== null;
  const start = Number.parseInt(attribute(list, 'start') ?? '', 10);
  const first = reversed ? itemCount(list) : 1;
  return { style: attribute(list, 'type') ?? '1', next: Number.isNaN(start) ? first : start, step: reversed ? -1 : 1 };
}

/** Takes the next number of the innermost list. `depth`: 0 in an outermost list, 8 at most. */
export function itemContext(
  item: Element,
  lists: readonly ListContext[],
): { readonly depth: number; readonly marker: string | null } {
  const list = lists.at(-1);
  const depth = Math.min(Math.max(lists.length - 1, 0), 8);
  if (list === undefined || list.style === null) return { depth, marker: null };
  const own = Number.parseInt(attribute(item, 'value') ?? '', 10);
  const number = Number.isNaN(own) ? list.next : own;
  list.next = number + list.step;
  return { depth, marker: `${numeral(number, list.style)}.`.slice(0, 20) };
}

function numeral(number: number, style: string): string {
  if (number < 1 || number > 3999) return String(number);
  if (style === 'a') return alphabetic(number);
  if (style === 'A') return alphabetic(number).toUpperCase();
  if (style === 'i') return roman(number);
  if (style === 'I') return roman(number).toUpperCase();
  return String(number);
}

function alphabetic(number: number): string {
  let rest = number;
  let letters = '';
  while (rest > 0) {
    rest -= 1;
    letters = String.fromCharCode(97 + (rest % 26)) + letters;
    rest = Math.floor(rest / 26);
  }
  return letters;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  let rest = number;
  let letters = '';
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      letters += sign;
      rest -= value;
    }
  }
  return letters;
}

function itemCount(list: Element): number {
  let count = 0;
  for (let child = firstChildOf(list); child !== null; child = nextSiblingOf(child)) {
    if (isElement(child) && nameOf(child) === 'li') count += 1;
  }
  return count;
}
