import type { SearchEntry } from './document.ts';

/** A document found. */
export interface Hit {
  readonly entry: SearchEntry;
  /** Higher is better; whole, so that equal ones are equal on every machine. */
  readonly score: number;
}

/** What results are narrowed to; null: all. `trashed`: what is in the trash instead of what is not. */
export interface SearchFilters {
  readonly kind: string | null;
  readonly group: string | null;
  readonly year: number | null;
  readonly trashed: boolean;
}

export const NO_FILTERS: SearchFilters = { kind: null, group: null, year: null, trashed: false };

/** How many results each choice of a filter would leave, the other filters as they are. */
export interface Facets {
  readonly kinds: ReadonlyMap<string, number>;
  readonly groups: ReadonlyMap<string, number>;
  readonly years: ReadonlyMap<number, number>;
}

/** The hits that pass the filters, in their order. */
export const filterHits = (hits: readonly Hit[], filters: SearchFilters): readonly Hit[] =>
  hits.filter(({ entry }) => refusals(entry, filters) === 0);

/** @see SPEC.md X12 */
export function facetsOf(hits: readonly Hit[], filters: SearchFilters): Facets {
  const kinds = new Map<string, number>();
  const groups = new Map<string, number>();
  const years = new Map<number, number>();
  for (const { entry } of hits) {
    const refused = refusals(entry, filters);
    if ((refused & ~KIND) === 0) count(kinds, entry.kind);
    if ((refused & ~GROUP) === 0 && entry.group !== null) count(groups, entry.group);
    if ((refused & ~YEAR) === 0) count(years, entry.year);
  }
  return { kinds, groups, years };
}

const KIND = 1;
const GROUP = 2;
const YEAR = 4;
const TRASH = 8;

/** Which filters an entry does not pass, a bit each. */
function refusals(entry: SearchEntry, { kind, group, year, trashed }: SearchFilters): number {
  return (
    (kind !== null && entry.kind !== kind ? KIND : 0) |
    (group !== null && entry.group !== group ? GROUP : 0) |
    (year !== null && entry.year !== year ? YEAR : 0) |
    (entry.trashed !== trashed ? TRASH : 0)
  );
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
