import type { TeamId, View } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import type { Scope } from '@liasse/core/replica';
import type { MarkedText } from '@liasse/core/search';
import type { FromSearch, IndexState, SearchCounts, SearchHit, SearchRequest, ToSearch } from './contract.ts';

/** What is known of the answer to a request. */
export interface SearchAnswer {
  readonly request: SearchRequest;
  readonly hits: readonly SearchHit[];
  /** Null until all results are known. */
  readonly counts: SearchCounts | null;
  /** By key, as they come. */
  readonly snippets: ReadonlyMap<string, readonly MarkedText[]>;
  readonly isFailed: boolean;
}

/** The search of one team on this device, as screens use it. */
export interface SearchService {
  readonly state: View<IndexState>;
  /** The answer to the last request that has one; null before the first. */
  readonly answer: View<SearchAnswer | null>;
  ask(request: SearchRequest): void;
  /** A colleague's change of a document: the journal tells of all others. */
  changed(room: RoomName): void;
  close(): void;
}

/** The far end: a worker, or what stands in for it. */
export interface SearchEnd {
  post(message: ToSearch): void;
  /** Calls `listener` with each message; `onDeath` when there will be none any more. */
  listen(listener: (message: FromSearch) => void, onDeath: () => void): void;
  close(): void;
}

/** Opens the search of a team. @see SPEC.md X17 */
export function openSearchService(
  end: SearchEnd,
  { scope, team }: { readonly scope: Scope; readonly team: TeamId },
): SearchService {
  const state = cell<IndexState>({ kind: 'starting' });
  const answer = cell<SearchAnswer | null>(null);
  let asked: { readonly id: number; readonly request: SearchRequest } | null = null;

  end.listen(
    (message) => {
      if (message.kind === 'state') {
        const wasReady = state.getSnapshot().kind === 'ready';
        state.set(message.state);
        // What was indexed since may be what is looked for.
        if (message.state.kind === 'ready' && !wasReady && asked) ask(asked.request);
      } else if (asked && message.id === asked.id)
        answer.set(withMessage(answer.getSnapshot(), message, asked.request));
    },
    () => state.set({ kind: 'failed' }),
  );
  const ask = (request: SearchRequest): void => {
    asked = { id: (asked?.id ?? 0) + 1, request };
    end.post({ kind: 'ask', ...asked });
  };
  end.post({ kind: 'start', scope, team });

  return {
    state,
    answer,
    ask,
    changed: (room) => end.post({ kind: 'changed', room }),
    close: () => end.close(),
  };
}

function withMessage(
  before: SearchAnswer | null,
  message: Exclude<FromSearch, { readonly kind: 'state' }>,
  request: SearchRequest,
): SearchAnswer {
  // More of the same, or the same again after something was indexed: what is on screen stays until it is known.
  const isSame = before !== null && shapeOf(before.request) === shapeOf(request);
  const own = isSame
    ? { ...before, request }
    : { request, hits: [], counts: null, snippets: NO_SNIPPETS, isFailed: false };
  if (message.kind === 'first') return own.counts === null ? { ...own, hits: message.hits } : own;
  if (message.kind === 'all') return { ...own, hits: message.hits, counts: message.counts };
  if (message.kind === 'failed') return { ...own, isFailed: true };
  return {
    ...own,
    snippets: new Map([...own.snippets, ...message.snippets.map(({ key, parts }) => [key, parts] as const)]),
  };
}

const NO_SNIPPETS: SearchAnswer['snippets'] = new Map();

const shapeOf = ({ typed, filters }: SearchRequest): string => JSON.stringify([typed, filters]);

function cell<T>(initial: T): View<T> & { set(value: T): void } {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    subscribe: (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    getSnapshot: () => current,
    set: (value) => {
      current = value;
      for (const listener of [...listeners]) listener();
    },
  };
}
