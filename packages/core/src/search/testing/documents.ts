import type { SearchDocument, SearchEntry, SearchFields } from '../document.ts';

/** A document to be found, of which only what matters to the test is said. */
export function documentOf(
  said: { readonly key: string } & Partial<Omit<SearchEntry, 'key'> & SearchFields>,
): SearchDocument {
  const { key, room = 'room', kind = 'piece', group = null, title = '', at = 0, year = 2026 } = said;
  const { trashed = false, digest = '', reference = '', notes = '', site = '', text = '' } = said;
  return {
    entry: { key, room, kind, group, title, at, year, trashed, digest },
    fields: { title, reference, notes, site, text },
  };
}
