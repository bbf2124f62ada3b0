import type { SeenTab } from '../platform/tab.ts';

/** What a person may ask to be kept of the page in front. */
export type Take = 'page' | 'selection' | 'address';

/** What this page offers, the usual one first. */
export function takesOf(seen: SeenTab): readonly Take[] {
  if (seen.capturable.can !== 'page') return ['address'];
  return selectedIn(seen.facts) > 0 ? ['page', 'selection', 'address'] : ['page', 'address'];
}

/** How many characters are selected. Foreign: anything that is no count is none. */
function selectedIn(facts: unknown): number {
  const selected = typeof facts === 'object' && facts !== null && 'selected' in facts ? facts.selected : 0;
  return typeof selected === 'number' && selected > 0 ? selected : 0;
}
