import type { SearchableKind, TeamId } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import type { Scope } from '@liasse/core/replica';
import type { MarkedText, SearchFilters } from '@liasse/core/search';

// What a page and its search worker tell each other. Both are of one build: the shapes are types, and are not parsed.

/** What a person looks for. */
export interface SearchRequest {
  readonly typed: string;
  readonly filters: SearchFilters;
  /** How many results are shown. */
  readonly limit: number;
}

/** A result as the screen shows it. */
export interface SearchHit {
  readonly key: string;
  readonly kind: SearchableKind;
  readonly id: string;
  readonly title: readonly MarkedText[];
  /** The dossier or meeting it is in: null when it is one itself, or in none. */
  readonly within: { readonly kind: 'dossier' | 'meeting'; readonly id: string; readonly title: string } | null;
  readonly at: number;
  readonly trashed: boolean;
}

/** A choice of a filter, with how many results it would leave. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly count: number;
}

export interface SearchCounts {
  readonly total: number;
  /** How many there are in the trash. */
  readonly trashed: number;
  readonly kinds: readonly Choice<SearchableKind>[];
  readonly groups: readonly Choice<string>[];
  readonly years: readonly Choice<number>[];
}

/**
 * How far the index is. `indexing`: documents were written since, or were never read; `done` of `total` have been. `failed`: this
 * device's storage does not answer.
 */
export type IndexState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'indexing'; readonly done: number; readonly total: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed' };

export type ToSearch =
  | { readonly kind: 'start'; readonly scope: Scope; readonly team: TeamId }
  | { readonly kind: 'ask'; readonly id: number; readonly request: SearchRequest }
  /** A document was changed in a way that the journal does not tell: by a colleague. */
  | { readonly kind: 'changed'; readonly room: RoomName };

export type FromSearch =
  | { readonly kind: 'state'; readonly state: IndexState }
  /** The first results, as soon as they are known. */
  | { readonly kind: 'first'; readonly id: number; readonly hits: readonly SearchHit[] }
  | { readonly kind: 'all'; readonly id: number; readonly hits: readonly SearchHit[]; readonly counts: SearchCounts }
  | {
      readonly kind: 'snippets';
      readonly id: number;
      readonly snippets: readonly { readonly key: string; readonly parts: readonly MarkedText[] }[];
    }
  | { readonly kind: 'failed'; readonly id: number };
