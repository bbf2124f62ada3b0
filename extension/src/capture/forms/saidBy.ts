import { isTyped } from '../controls.ts';
import { foldedText, nameOf, queryAll } from '../dom.ts';
import { fieldOf } from '../privacy/index.ts';

const isField = (element: Element): boolean => isTyped(element) || nameOf(element) === 'select';

/** The words of a page in and below an element. What fields hold is none of them: a name must not bring out what a verdict denies. */
export const saidBy = (element: Element, limit: number): string =>
  isField(element) ? '' : foldedText(element, limit, isField);

/** More fields than any label holds. */
const MAX_FIELDS = 50;
const FIELDS = 'input, textarea, select, [contenteditable], [role]';

/** Whether a denied field stands in what names another: browsers make its value a part of that name. */
export const holdsDenied = (element: Element): boolean =>
  [element, ...queryAll(element, FIELDS).slice(0, MAX_FIELDS)].some((one) => isField(one) && fieldOf(one) !== 'keep');
