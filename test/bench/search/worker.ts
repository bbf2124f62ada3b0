import { facetsOf, filterHits, NO_FILTERS, parseQuery, SearchIndex } from '@liasse/core/search';
import MiniSearch from 'minisearch';
import { Corpus, type CorpusPiece } from './corpus.ts';

// Runs in a dedicated worker of Chromium: the index alone, ours or the peer's, over a corpus that it makes itself.

export type ToWorker =
  | { readonly kind: 'build'; readonly engine: Engine; readonly pieces: number; readonly seed: number }
  | { readonly kind: 'ask'; readonly typed: string };

export type FromWorker =
  | { readonly kind: 'built'; readonly words: number; readonly queries: readonly string[]; readonly indexingMs: number }
  | { readonly kind: 'first'; readonly count: number }
  | { readonly kind: 'all'; readonly count: number };

export type Engine = 'ours' | 'minisearch';

interface Searcher {
  add(piece: CorpusPiece): void;
  done(): void;
  ask(typed: string): void;
}

const QUERIES = 60;
const post = (message: FromWorker) => postMessage(message);
let searcher: Searcher | null = null;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'ask') searcher?.ask(data.typed);
  else build(data);
});

function build({
  engine,
  pieces,
  seed,
}: {
  readonly engine: Engine;
  readonly pieces: number;
  readonly seed: number;
}): void {
  const corpus = new Corpus(seed);
  searcher = engine === 'ours' ? ours() : miniSearch();
  let words = 0;
  let indexingMs = 0;
  for (const piece of corpus.pieces(pieces)) {
    words += piece.text.split(' ').length;
    const start = performance.now();
    searcher.add(piece);
    indexingMs += performance.now() - start;
  }
  searcher.done();
  post({ kind: 'built', words, queries: corpus.queries(QUERIES), indexingMs });
}

function ours(): Searcher {
  const index = new SearchIndex();
  return {
    add: ({ id, title, reference, text }) => {
      const entry = {
        key: `piece/${id}`,
        room: `dossier/${id % 300}`,
        kind: 'piece',
        group: `dossier/${id % 300}`,
        title,
      };
      index.put({
        entry: { ...entry, at: id, year: 2000 + (id % 27), trashed: false, digest: String(id) },
        fields: { title, reference, notes: '', site: 'www.legifrance.gouv.fr', text },
      });
      for (const _ of index.maintain());
    },
    done: () => index.freeze(),
    // As the app's worker answers: the first twenty, then all of them with the counts.
    ask: (typed) => {
      const hits = index.search(parseQuery(typed));
      const passed = filterHits(hits, NO_FILTERS);
      postMessage({ kind: 'first', count: passed.length, hits: passed.slice(0, 20).map(({ entry }) => entry) });
      const facets = facetsOf(hits, NO_FILTERS);
      postMessage({ kind: 'all', count: passed.length, keys: passed.map(({ entry }) => entry.key), facets });
    },
  };
}

/** The peer, set to answer the same: accents folded, every word needed, beginnings, titles and references first. */
function miniSearch(): Searcher {
  const index = new MiniSearch<CorpusPiece>({
    fields: ['title', 'reference', 'text'],
    storeFields: ['title'],
    processTerm: (term) => term.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').toLowerCase(),
    searchOptions: {
      combineWith: 'AND',
      prefix: (term, at, terms) => term.length >= 3 || at === terms.length - 1,
      boost: { title: 6, reference: 8 },
    },
  });
  return {
    add: (piece) => index.add(piece),
    done: () => {},
    ask: (typed) => {
      const hits = index.search(typed);
      postMessage({
        kind: 'first',
        count: hits.length,
        hits: hits.slice(0, 20).map(({ id, title }) => ({ id, title })),
      });
      postMessage({ kind: 'all', count: hits.length, keys: hits.map(({ id }) => id) });
    },
  };
}
