import type { SeenTab } from '../platform/tab.ts';

/** What a person may ask to be kept of the page in front. */
export type Take = 'page' | 'form' | 'selection' | 'file' | 'visible' | 'full-page' | 'address';

/** What this page offers, the usual one first. */
export function takesOf(seen: SeenTab): readonly Take[] {
  if (seen.link != null) return ['file'];
  if (seen.capturable.can === 'file') return ['file', 'address'];
  if (seen.capturable.can !== 'page') return ['address'];
  return [
    'page',
    ...(countIn(seen.facts, 'fields') > 0 ? (['form'] as const) : []),
    ...(countIn(seen.facts, 'selected') > 0 ? (['selection'] as const) : []),
    'visible',
    'full-page',
    'address',
  ];
}

/** How many characters are selected, how many fields there are. Foreign: anything that is no count is none. */
function countIn(facts: unknown, key: 'selected' | 'fields'): number {
  const count = typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>)[key] : 0;
  return typeof count === 'number' && count > 0 ? count : 0;
}
