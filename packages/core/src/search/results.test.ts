import fc from 'fast-check';
import { expect, test } from 'vitest';
import { facetsOf, filterHits, type Hit, NO_FILTERS } from './facets.ts';
import { fold } from './fold.ts';
import { containsPhrase } from './phrase.ts';
import { finds, parseQuery } from './query.ts';
import { type MarkedText, markText, snippetOf } from './snippet.ts';
import { eachTerm } from './terms.ts';
import { documentOf } from './testing/documents.ts';

const shown = (parts: readonly MarkedText[]) =>
  parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');

test.each([
  ['« durée d’utilité »', 'la durée d’utilité administrative', true],
  ['"duree d\'utilite administrative"', 'la durée d’utilité administrative', true],
  ['“procès verbal”', 'le procès-verbal', true],
  ['"utilité durée"', 'la durée d’utilité', false],
  ['"durée utilité"', 'la durée d’utilité', false],
  ['"deux blocs"', 'un deux\nblocs trois', false],
  ['"la dur', 'la durée', true],
  ['"la dur"', 'la durée', false],
])('[X7] %s in « %s »: %s', (typed, text, expected) => {
  const { phrases } = parseQuery(typed);
  expect(phrases.every((phrase) => containsPhrase(text, phrase))).toBe(expected);
});

test('[X7] the words of a phrase are looked for whole, and the others as they are', () => {
  const { required, phrases } = parseQuery('décret « durée d’utilité » admin');
  expect(required).toEqual([
    { term: 'decret', isPrefix: true },
    { term: 'duree', isPrefix: false },
    { term: 'd', isPrefix: false },
    { term: 'utilite', isPrefix: false },
    { term: 'admin', isPrefix: true },
  ]);
  expect(phrases).toHaveLength(1);
});

test.each([
  ['procès-verbal', 'Le Procès-Verbal est lu', 'Le [Procès-Verbal] est lu'],
  ['verbal', 'Le Procès-Verbal est lu', 'Le Procès-[Verbal] est lu'],
  ['subv', 'Les SUBVENTIONS versées', 'Les [SUBVENTIONS] versées'],
  ['administration', 'De l’administration', 'De l’[administration]'],
  ['l. 212-3', 'Voir l’article L. 212-3 du code', 'Voir l’article [L. 212-3] du code'],
  ['oeuvre', 'Une œuvre', 'Une [œuvre]'],
  ['ete', 'e\u0301te\u0301 comme été', '[e\u0301te\u0301] comme [été]'],
])('[X11] « %s » marks « %s »', (typed, text, expected) => {
  expect(shown(markText(text, parseQuery(typed)))).toBe(expected);
});

test('[X11] a snippet is the passage with the most words of the query', () => {
  const filler = 'Ce paragraphe parle d’autre chose. '.repeat(12);
  const text = [`Le décret seul. ${filler}`, `${filler}Le décret fixe la subvention annuelle. ${filler}`, filler].join(
    '\n',
  );
  const snippet = snippetOf(text, parseQuery('decret subvention'));
  expect(shown(snippet)).toContain('[décret] fixe la [subvention] annuelle');
  expect(shown(snippet)).toMatch(/^….*…$/);
});

test('[X11] without any of the words a snippet is the beginning', () => {
  expect(shown(snippetOf('\n\nUn début.\nUne suite.', parseQuery('absent')))).toBe('Un début.');
  expect(shown(snippetOf('', parseQuery('absent')))).toBe('');
});

test('[X11] a snippet is a part of the text, cut between words, and marks what the query finds', () => {
  const word = fc.constantFrom('décret', 'du', 'subvention', 'Procès-verbal', 'L. 212-3', 'l’été', 'mot', '…', '«');
  const block = fc.array(word, { maxLength: 90, size: 'max' }).map((words) => words.join(' '));
  const text = fc.array(block, { maxLength: 2 }).map((blocks) => blocks.join('\n'));
  const typed = fc.array(fc.constantFrom('dec', 'sub', 'verbal', '212-3', 'ete', 'mot', 'd'), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(text, typed, (text, typed) => {
      const query = parseQuery(typed.join(' '));
      const parts = snippetOf(text, query);
      const bare = parts
        .map(({ text }) => text)
        .join('')
        .replace(/^…|…$/g, '');
      // Between words: a part of the text that begins and ends where a space, a line or the text does.
      expect(`\n${text}\n`.replaceAll(/\s/g, ' ')).toContain(
        ` ${bare.trim()} `.replaceAll(/\s/g, ' ').replace(/^ {2,}$/, ' '),
      );
      expect(bare.length).toBeLessThanOrEqual(222);
      for (const { text, isMarked } of parts) {
        const found: boolean[] = [];
        eachTerm(fold(text), (term) =>
          found.push([...query.required, ...query.preferred].some((word) => finds(word, term))),
        );
        // Nothing unmarked is found; a compound whose part is found is marked there.
        if (isMarked) expect(found).toContain(true);
        else expect(found.filter(Boolean)).toEqual([]);
      }
    }),
  );
});

test('[X12] [X13] each count is what its choice would leave', () => {
  const entry = fc.record({
    kind: fc.constantFrom('piece', 'note', 'card'),
    group: fc.constantFrom('dossier/a', 'dossier/b', null),
    year: fc.constantFrom(2025, 2026),
    trashed: fc.boolean(),
  });
  const filters = fc.record({
    kind: fc.constantFrom('piece', 'note', null),
    group: fc.constantFrom('dossier/a', null),
    year: fc.constantFrom(2026, null),
    trashed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), filters, (entries, filters) => {
      const hits: Hit[] = entries.map((said, at) => ({ ...documentOf({ key: `k${at}`, ...said }), score: 1 }));
      const { kinds, groups, years } = facetsOf(hits, filters);
      const left = (change: Partial<typeof filters>) => filterHits(hits, { ...filters, ...change }).length;
      for (const kind of ['piece', 'note', 'card']) expect(kinds.get(kind) ?? 0).toBe(left({ kind: kind as 'piece' }));
      for (const group of ['dossier/a', 'dossier/b'])
        expect(groups.get(group) ?? 0).toBe(left({ group: group as 'dossier/a' }));
      for (const year of [2025, 2026]) expect(years.get(year) ?? 0).toBe(left({ year: year as 2026 }));
      for (const { entry } of filterHits(hits, NO_FILTERS)) expect(entry.trashed).toBe(false);
    }),
  );
});
