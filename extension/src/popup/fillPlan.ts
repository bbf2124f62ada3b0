import type { Granted } from '../messaging/contract.ts';
import type { PopupStrings } from './popup.strings.ts';

export type PlanLine = Granted<'forms.plan'>['lines'][number];

/** What a person may tick. */
export const isOffered = ({ does }: PlanLine): boolean => does === 'fill' || does === 'replace';

/** What is ticked at first: nothing that stands in the page is written over unasked. */
export const isFilledFirst = ({ does }: PlanLine): boolean => does === 'fill';

/** A value as the popup says it. */
export function shownValue(value: PlanLine['next'], { fill }: PopupStrings): string {
  if (typeof value === 'boolean') return value ? fill.yes : fill.no;
  return value === null || value === '' ? fill.empty : value;
}
