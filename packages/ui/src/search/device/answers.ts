import type { SearchableKind } from '@liasse/core';
import {
  containsPhrase,
  facetsOf,
  filterHits,
  type Hit,
  markText,
  parseQuery,
  type Query,
  type SearchFilters,
  snippetOf,
} from '@liasse/core/search';
import type { Choice, FromSearch, SearchCounts, SearchHit, SearchRequest } from './contract.ts';
import type { TeamIndex } from './teamIndex.ts';

/** How many results are first. */
const FIRST = 20;
/** Texts that are read between two looks at whether a newer query has come. */
const STRIDE = 20;

/** Answers queries, the latest alone. @see SPEC.md X17 */
export class Answers {
  readonly #team: TeamIndex;
  readonly #post: (message: FromSearch) => void;
  readonly #rest: () => Promise<void>;
  #latest = 0;

  constructor(options: {
    readonly team: TeamIndex;
    readonly post: (message: FromSearch) => void;
    readonly rest: () => Promise<void>;
  }) {
    this.#team = options.team;
    this.#post = options.post;
    this.#rest = options.rest;
  }

  async ask(id: number, { typed, filters, limit }: SearchRequest): Promise<void> {
    this.#latest = id;
    const query = parseQuery(typed);
    const found = this.#team.index.search(query);
    const isPhrase = query.phrases.length > 0;
    if (!isPhrase) this.#postFirst(id, query, filterHits(found, filters));
    await this.#rest();
    const hits = isPhrase ? await this.#verified(id, query, { found, filters }) : found;
    if (hits === null || this.#latest !== id) return;
    const passed = filterHits(hits, filters);
    const shown = passed.slice(0, limit);
    this.#post({
      kind: 'all',
      id,
      hits: shown.map((hit) => this.#shown(hit, query)),
      counts: this.#counts(hits, filters),
    });
    await this.#postSnippets(id, query, shown);
  }

  #postFirst(id: number, query: Query, hits: readonly Hit[]): void {
    this.#post({ kind: 'first', id, hits: hits.slice(0, FIRST).map((hit) => this.#shown(hit, query)) });
  }

  /** Those that have the phrases, read one after the other, the best first; null when a newer query has come. */
  async #verified(
    id: number,
    query: Query,
    { found, filters }: { readonly found: readonly Hit[]; readonly filters: SearchFilters },
  ): Promise<readonly Hit[] | null> {
    const verified: Hit[] = [];
    let isFirstSaid = false;
    for (let from = 0; from < found.length; from += STRIDE) {
      const hits = found.slice(from, from + STRIDE);
      const texts = await this.#team.texts(hits.map(({ entry }) => entry.key));
      if (this.#latest !== id) return null;
      for (const hit of hits) {
        const text = `${hit.entry.title}\n${texts.get(hit.entry.key) ?? ''}`;
        if (query.phrases.every((phrase) => containsPhrase(text, phrase))) verified.push(hit);
      }
      const passed = isFirstSaid ? [] : filterHits(verified, filters);
      if (passed.length >= FIRST) {
        this.#postFirst(id, query, passed);
        isFirstSaid = true;
      }
      await this.#rest();
    }
    if (!isFirstSaid) this.#postFirst(id, query, filterHits(verified, filters));
    return verified;
  }

  /** @see SPEC.md X10 */
  async #postSnippets(id: number, query: Query, shown: readonly Hit[]): Promise<void> {
    for (let from = 0; from < shown.length; from += STRIDE) {
      await this.#rest();
      if (this.#latest !== id) return;
      const keys = shown.slice(from, from + STRIDE).map(({ entry }) => entry.key);
      const texts = await this.#team.texts(keys);
      const snippets = keys.map((key) => ({ key, parts: snippetOf(texts.get(key) ?? '', query) }));
      this.#post({ kind: 'snippets', id, snippets });
    }
  }

  #shown({ entry }: Hit, query: Query): SearchHit {
    const { key, kind, group, at, trashed, title } = entry;
    return {
      key,
      kind: kind as SearchableKind,
      id: idOf(key),
      title: markText(title, query),
      within: group === null || group === key ? null : this.#within(group),
      at,
      trashed,
    };
  }

  #within(group: string): SearchHit['within'] {
    const kind = group.startsWith('meeting/') ? 'meeting' : 'dossier';
    return { kind, id: idOf(group), title: this.#titleOf(group) };
  }

  #titleOf = (key: string): string => this.#team.index.entry(key)?.title ?? '';

  #counts(hits: readonly Hit[], filters: SearchFilters): SearchCounts {
    const { kinds, groups, years } = facetsOf(hits, filters);
    const choices = <T>(counts: ReadonlyMap<T, number>, label: (value: T) => string): Choice<T>[] =>
      [...counts].map(([value, count]) => ({ value, label: label(value), count }));
    return {
      total: filterHits(hits, filters).length,
      trashed: filterHits(hits, { ...filters, trashed: true }).length,
      kinds: choices(kinds as ReadonlyMap<SearchableKind, number>, (kind) => kind),
      groups: choices(groups, this.#titleOf).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
      years: choices(years, String).sort((a, b) => b.value - a.value),
    };
  }
}

const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);
