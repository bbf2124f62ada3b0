// Full-text search: plain computing over plain documents. It stands apart from the rest of the domain, so that the worker
// which runs it loads nothing else.

export type { SearchDocument, SearchEntry, SearchFields } from './document.ts';
export { type Facets, facetsOf, filterHits, type Hit, NO_FILTERS, type SearchFilters } from './facets.ts';
export { containsPhrase } from './phrase.ts';
export { parseQuery, type Query, type QueryTerm } from './query.ts';
export { SearchIndex, type SearchIndexOptions } from './searchIndex.ts';
export type { Segment } from './segment.ts';
export { decodeSegment, encodeSegment } from './segmentFile.ts';
export { type MarkedText, markText, snippetOf } from './snippet.ts';
