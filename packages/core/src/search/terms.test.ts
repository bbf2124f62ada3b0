import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, foldWithOffsets } from './fold.ts';
import { finds, parseQuery } from './query.ts';
import { eachTerm } from './terms.ts';

function termsOf(text: string): string[] {
  const terms: string[] = [];
  eachTerm(fold(text), (term) => terms.push(term));
  return terms;
}

/** Whether a text has every word of a query. */
function isFound(query: string, text: string): boolean {
  const terms = termsOf(text);
  return parseQuery(query).required.every((word) => terms.some((term) => finds(word, term)));
}

test.each([
  ['ÉLÉMENT', 'element'],
  ['œuvre', 'ŒUVRE'],
  ['Œuvre', 'oeuvre'],
  ['ex æquo', 'ex aequo'],
  ['aujourd’hui', "aujourd'hui"],
  ['rendez‑vous', 'rendez-vous'],
  ['sub\u00advention', 'subvention'],
  ['sub\u200bven\u2060tion\ufeff', 'subvention'],
  ['rendez–vous', 'rendez-vous'],
  ['rendez‐vous', 'rendez−vous'],
  ['l‘été', 'lʼété'],
  ['Straße', 'strasse'],
  ['eﬃcace', 'efficace'],
  ['ΟΔΟΣ', 'οδός'],
])('[X1] « %s » and « %s » are one', (a, b) => {
  expect(fold(a)).toBe(fold(b));
});

test('[X1] a text folded with its offsets is the text folded, and every place is a place of the original', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('é', 'e\u0301', 'Œ', 'œ', 'ß', 'Σ', ' ', '’', '\u00ad', 'ﬁ', '½', 'a', '-') }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { text: folded, offsets } = foldWithOffsets(text);
      expect(folded).toBe(fold(text));
      expect(offsets).toHaveLength(folded.length + 1);
      expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
      expect(offsets.at(-1)).toBe(text.length);
    }),
  );
});

test.each([
  ['procès', 'le procès-verbal'],
  ['verbal', 'le procès-verbal'],
  ['proces-verbal', 'le procès-verbal'],
  ['proces-ver', 'le procès-verbal'],
  ['procès-verbal', 'le procès verbal'],
  ['administration', 'l’administration'],
  ["l'administration", 'l’administration'],
  ['l’administration', 'Administration'],
  ['qu’une', 'une seule'],
  ['aujourd’hui', 'aujourd’hui'],
  ['legifrance', 'https://www.legifrance.gouv.fr/loda'],
  ['gouv.fr', 'www.gouv.fr'],
])('[X2] « %s » finds « %s »', (query, text) => {
  expect(isFound(query, text)).toBe(true);
});

test.each([
  ['aujourd’hui', 'hui'],
  ['procès-verbal', 'procès oral'],
])('[X2] « %s » does not find « %s »', (query, text) => {
  expect(isFound(query, text)).toBe(false);
});

test.each([
  ['2019-341', 'décret n° 2019-341 du 19 avril'],
  ['2019-3', 'décret n° 2019-341'],
  ['341', 'décret n° 2019-341'],
  ['2024/1183', 'règlement (UE) 2024/1183'],
  ['2024-1183', 'règlement (UE) 2024/1183'],
  ['L. 212-3', 'article L. 212-3 du code'],
  ['L.212-3', 'article L. 212-3 du code'],
  ['L212-3', 'article L. 212-3 du code'],
  ['l 212-3', 'article L212-3'],
  ['L. 212-3', 'article L.212-3'],
  ['L. 212-3', 'art.L.212-3'],
  ['212-3', 'article L. 212-3 du code'],
  ['212-3', 'article L212-3'],
  ['212', 'article L212-3'],
  ['R.* 123', 'article R.* 123-4'],
  ['R. 123-4', 'article R.* 123-4'],
  ['LO. 141', 'article LO. 141'],
  ['JUSX1234567D', 'NOR : JUSX1234567D'],
  ['jusx', 'NOR : JUSX1234567D'],
  ['1234567', 'NOR : JUSX1234567D'],
  ['32016R0679', 'CELEX 32016R0679'],
  ['32016', 'CELEX 32016R0679'],
  ['0679', 'CELEX 32016R0679'],
  ['2016/679', 'CELEX 32016R0679'],
])('[X3] « %s » finds « %s »', (query, text) => {
  expect(isFound(query, text)).toBe(true);
});

test.each([
  ['2019-341', 'en 2019, 341 dossiers'],
  ['L. 212-3', 'article R. 212-3'],
  ['L. 212-3', 'articles L. 512 et 212-3'],
  ['a12', 'à 12 heures'],
])('[X3] « %s » does not find « %s »', (query, text) => {
  expect(isFound(query, text)).toBe(false);
});

test.each([
  ['subv', 'les subventions', true],
  ['subv 2026', 'les subventions de 2026', true],
  ['de sub', 'demande de subvention', true],
  ['de sub', 'des subventions', false],
  ['de', 'des subventions', true],
  ['de ', 'des subventions', false],
  ['subventions', 'une subvention', false],
  ['', 'une subvention', true],
])('[X4] « %s » in « %s »: %s', (query, text, expected) => {
  expect(isFound(query, text)).toBe(expected);
});
