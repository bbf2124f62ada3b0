import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLAGGED, type SearchDocument, type SearchFields } from './document.ts';
import type { Hit } from './facets.ts';
import { fold } from './fold.ts';
import { weightOf } from './postings.ts';
import { finds, parseQuery, type Query, type QueryTerm } from './query.ts';
import { byRelevance, rarity, rounded, wordScore } from './score.ts';
import { SearchIndex } from './searchIndex.ts';
import { decodeSegment, encodeSegment } from './segmentFile.ts';
import { factorOf } from './source.ts';
import { eachTerm } from './terms.ts';
import { documentOf } from './testing/documents.ts';

/** Reads every document again for each query: what the index must agree with. */
function scan(documents: readonly SearchDocument[], { required, preferred }: Query): Hit[] {
  if (required.length === 0) return [];
  const read = documents.map(({ entry, fields }) => ({ entry, words: wordsOf(fields), length: lengthOf(fields) }));
  const corpus = { documents: read.length, terms: read.reduce((sum, { length }) => sum + length, 0) };
  const weigh = (words: ReadonlyMap<string, number>, word: QueryTerm): number => {
    const found = [...words.keys()].filter((term) => finds(word, term)).sort();
    return found.reduce((sum, term) => sum + factorOf(word, term) * (words.get(term) as number), 0);
  };
  const idfOf = (word: QueryTerm) => rarity(read.filter(({ words }) => weigh(words, word) > 0).length, corpus);
  const all = [...required, ...preferred].map((word) => ({ word, idf: idfOf(word) }));
  return read
    .filter(({ words }) => required.every((word) => weigh(words, word) > 0))
    .map(({ entry, words, length }) => {
      const scores = all.map(({ word, idf }) => {
        const weight = weigh(words, word);
        return weight > 0 ? idf * wordScore(weight, length, corpus) : 0;
      });
      return { entry, score: rounded(scores.reduce((sum, score) => sum + score, 0)) };
    })
    .sort(byRelevance);
}

function wordsOf(fields: SearchFields): ReadonlyMap<string, number> {
  const counts = new Map<string, { count: number; flags: number }>();
  const of = (term: string) => {
    const found = counts.get(term) ?? { count: 0, flags: 0 };
    counts.set(term, found);
    return found;
  };
  eachTerm(fold(fields.text), (term) => {
    of(term).count += 1;
  });
  for (const [bit, field] of FLAGGED.entries()) {
    eachTerm(fold(fields[field]), (term) => {
      of(term).flags |= 1 << bit;
    });
  }
  return new Map([...counts].map(([term, { count, flags }]) => [term, weightOf(count, flags)]));
}

function lengthOf({ text }: SearchFields): number {
  let length = 0;
  eachTerm(fold(text), () => {
    length += 1;
  });
  return length;
}

// Few words, so that documents share them, with long beginnings in common, and some that begin others.
const word = fc.constantFrom(
  ...['le', 'les', 'lettre', 'lettres', 'sub', 'subvention', 'subventions', 'procès-verbal', 'procès', '2019-341'],
  ...['2019', 'L. 212-3', 'l’administration', 'œuvre', '32016R0679', 'été', 'αβγ', '日本'],
);
const prose = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
const someDocument = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    at: fc.nat(3),
    title: prose,
    reference: prose,
    notes: prose,
    site: fc.constantFrom('', 'legifrance.gouv.fr'),
    text: prose,
  })
  .map(documentOf);
const query = fc.oneof(
  prose,
  fc
    .tuple(prose, fc.constantFrom('l', 'le', 's', 'sub', 'subv', 'lettr', '2', '201', 'oe', 'α', ' '))
    .map((parts) => parts.join(' ')),
);
const step = fc.oneof(
  { weight: 6, arbitrary: someDocument.map((document) => ({ kind: 'put', document }) as const) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'b', 'c', 'd').map((key) => ({ kind: 'remove', key }) as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'freeze' } as const) },
  { weight: 3, arbitrary: fc.constant({ kind: 'maintain' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reload' } as const) },
);

/** Everything durable, read back. */
function reload(index: SearchIndex): SearchIndex {
  index.freeze();
  const next = new SearchIndex(SMALL);
  for (const segment of index.segments) {
    const read = decodeSegment(encodeSegment(segment));
    if (read === null) throw new Error('a segment does not read back');
    for (const doc of segment.deleted) read.deleted.add(doc);
    next.load(read);
  }
  return next;
}

const SMALL = { freshPostings: 90, mergeWidth: 2, mergeBytes: 4_096 };

test('[X5] [X8] [X9] after any history results are those of reading every document again', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60, size: 'max' }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      (steps, queries) => {
        let index = new SearchIndex(SMALL);
        const documents = new Map<string, SearchDocument>();
        // A merge under way while the rest goes on, as in the worker.
        let merge: Iterator<void> | null = null;
        for (const step of steps) {
          if (step.kind === 'put') {
            index.put(step.document);
            documents.set(step.document.entry.key, step.document);
          } else if (step.kind === 'remove') {
            expect(index.remove(step.key)).toBe(documents.delete(step.key));
          } else if (step.kind === 'freeze') index.freeze();
          else if (step.kind === 'maintain') merge ??= index.maintain();
          else if (merge === null) index = reload(index);
          if (merge?.next().done) merge = null;
        }
        while (merge && !merge.next().done);
        expect(index.size).toBe(documents.size);
        for (const typed of queries) {
          const parsed = parseQuery(typed);
          expect(index.search(parsed)).toEqual(scan([...documents.values()], parsed));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('[X5] a merge that is interrupted by changes keeps them', () => {
  const index = new SearchIndex({ freshPostings: 1, mergeWidth: 2 });
  const words = Array.from({ length: 3_000 }, (_, at) => `mot${at}`).join(' ');
  index.put(documentOf({ key: 'a', text: `${words} ancien` }));
  index.put(documentOf({ key: 'b', text: words }));
  const merge = index.maintain();
  expect(merge.next().done).toBe(false);
  index.put(documentOf({ key: 'a', text: 'nouveau' }));
  index.remove('b');
  while (!merge.next().done);
  const found = (typed: string) => index.search(parseQuery(typed)).map(({ entry }) => entry.key);
  expect([found('ancien'), found('mot12'), found('nouveau')]).toEqual([[], [], ['a']]);
});

test('[X6] titles, references, whole words and rare words count more, then the latest comes first', () => {
  const index = new SearchIndex();
  const put = (key: string, fields: Partial<SearchFields>, at = 0) => index.put(documentOf({ key, at, ...fields }));
  put('text', { text: 'une subvention parmi d’autres choses' });
  put('title', { title: 'Subvention' });
  put('reference', { reference: 'subvention' });
  put('longer', { text: 'une subventionnite parmi d’autres choses' });
  put('older', { text: 'un tilleul' }, 1);
  put('later', { text: 'un tilleul' }, 2);
  put('same', { text: 'un tilleul' }, 2);
  const found = (typed: string) => index.search(parseQuery(typed)).map(({ entry }) => entry.key);
  expect(found('subvention')).toEqual(['reference', 'title', 'text', 'longer']);
  expect(found('tilleul')).toEqual(['later', 'same', 'older']);
});

test('[X6] a title counts more than a word of the text, a rare word than a common one, a short text than a long one', () => {
  const index = new SearchIndex();
  // The later of two that count the same comes first: each of these would.
  const put = (key: string, at: number, fields: Partial<SearchFields>) => index.put(documentOf({ key, at, ...fields }));
  put('in title', 1, { title: 'Tilleul', text: 'parmi d’autres choses encore' });
  put('in text', 2, { text: 'un tilleul parmi d’autres' });
  put('short', 1, { text: 'le cerisier' });
  put('long', 2, { text: `le cerisier ${'et bien d’autres arbres '.repeat(40)}` });
  put('rare', 1, { text: 'usuel singulier singulier singulier' });
  put('common', 2, { text: 'usuel usuel usuel singulier' });
  for (let n = 0; n < 8; n += 1) put(`other ${n}`, 0, { text: 'usuel et rien de plus' });
  const found = (typed: string) => index.search(parseQuery(typed)).map(({ entry }) => entry.key);
  expect(found('tilleul')).toEqual(['in title', 'in text']);
  expect(found('cerisier')).toEqual(['short', 'long']);
  expect(found('usuel singulier')).toEqual(['rare', 'common']);
});

test('[X2] a compound found whole comes before its parts found apart', () => {
  const index = new SearchIndex();
  index.put(documentOf({ key: 'whole', at: 1, text: 'le procès-verbal du jour' }));
  index.put(documentOf({ key: 'apart', at: 2, text: 'le procès fut verbal ce jour' }));
  const found = index.search(parseQuery('procès-verbal')).map(({ entry }) => entry.key);
  expect(found).toEqual(['whole', 'apart']);
});

test('[X8] of two forms of one document on disk the newer is found', () => {
  const [before, after] = [new SearchIndex(), new SearchIndex()];
  before.put(documentOf({ key: 'a', text: 'ancien' }));
  after.put(documentOf({ key: 'a', text: 'nouveau' }));
  before.freeze();
  after.freeze();
  const index = new SearchIndex();
  for (const segment of [...before.segments, ...after.segments]) index.load(segment);
  expect(index.size).toBe(1);
  expect(index.search(parseQuery('ancien'))).toEqual([]);
  expect(index.search(parseQuery('nouveau'))).toHaveLength(1);
});

test('[X9] bytes that are not exactly one segment are refused', () => {
  const index = new SearchIndex();
  index.put(documentOf({ key: 'a', title: 'Décret', text: 'le texte d’un décret n° 2019-341' }));
  index.freeze();
  const [segment] = index.segments;
  if (!segment) throw new Error('nothing was frozen');
  const bytes = encodeSegment(segment);
  expect(decodeSegment(bytes)?.entries).toEqual(segment.entries);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const broken = bytes.slice();
      broken[at] = (broken[at] as number) ^ flip;
      expect(decodeSegment(broken)).toBeNull();
      expect(decodeSegment(bytes.slice(0, at))).toBeNull();
    }),
  );
  expect(decodeSegment(Uint8Array.of(...bytes, 0))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array(), (noise) => {
      expect(decodeSegment(noise)).toBeNull();
    }),
  );
});

test('[X10] what the index keeps holds no sentence of the text', () => {
  const index = new SearchIndex();
  index.put(documentOf({ key: 'a', text: 'Chaque service tient une liasse.' }));
  index.freeze();
  const kept = index.segments.map((segment) => String.fromCharCode(...encodeSegment(segment))).join();
  expect(kept).toContain('liasse');
  expect(kept).not.toMatch(/service tient|tient une/);
});

test('[X5] a large history leaves few segments', () => {
  const index = new SearchIndex({ freshPostings: 50, mergeWidth: 4, mergeBytes: 1 << 20 });
  for (let at = 0; at < 600; at += 1) {
    index.put(documentOf({ key: `k${at}`, text: `mot${at} commun${at % 7} partout` }));
    for (const _ of index.maintain());
  }
  expect(index.segments.length).toBeLessThan(16);
  expect(index.search(parseQuery('partout'))).toHaveLength(600);
  expect(index.search(parseQuery('commun3'))).toHaveLength(86);
});
