import type { TextRange } from '@liasse/core';

/** On each element that holds words: where in the text they begin. */
export const OFFSET = 'data-at';

const offsetOf = (words: Element): number => Number(words.getAttribute(OFFSET));

/** The stretch of the text that is selected in `root`; null when nothing of it is. */
export function selectedPassage(root: HTMLElement, selection: Selection | null): TextRange | null {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const inside = [...root.querySelectorAll(`[${OFFSET}]`)].filter((words) => range.intersectsNode(words));
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return null;
  const start = first.contains(range.startContainer) ? offsetWithin(first, range.startContainer, range.startOffset) : 0;
  const whole = last.textContent.length;
  const end = last.contains(range.endContainer) ? offsetWithin(last, range.endContainer, range.endOffset) : whole;
  const passage = { start: offsetOf(first) + start, end: offsetOf(last) + end };
  return passage.end > passage.start ? passage : null;
}

/** How many characters of the element's words stand before a point in it. */
function offsetWithin(words: Element, node: Node, offset: number): number {
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** The stretch of the text that an element's words are. */
export function passageOfWords(words: Element): TextRange {
  const start = offsetOf(words);
  return { start, end: start + words.textContent.length };
}

/** Brings a place of the text, or a highlight, on screen and gives it the focus; false where it is not drawn. */
export function showPassage(place: { readonly highlight: string } | { readonly start: number }): boolean {
  const found =
    'highlight' in place
      ? document.querySelector<HTMLElement>(`mark[data-highlight~="${CSS.escape(place.highlight)}"]`)
      : [...document.querySelectorAll<HTMLElement>(`[${OFFSET}]`)].findLast((words) => offsetOf(words) <= place.start);
  if (found == null) return false;
  found.scrollIntoView({ block: 'center' });
  found.focus({ preventScroll: true });
  return true;
}

/** The words before or after those that have the focus, or the first on screen. */
export function neighbourWords(root: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const all = [...root.querySelectorAll<HTMLElement>(`[${OFFSET}]`)];
  const current = all.findIndex((words) => words.contains(document.activeElement));
  if (current !== -1) return all[current + step];
  return all.find((words) => words.getBoundingClientRect().bottom > 0) ?? all[0];
}
