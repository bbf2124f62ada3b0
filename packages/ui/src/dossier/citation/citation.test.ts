import { AccountId, LegalReference, Piece } from '@liasse/core';
import { testDraft } from '@liasse/core/testing';
import { expect, test } from 'vitest';
import { formatFor, translator } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import { legalCitation, pageCitation } from './citation.ts';

const words = {
  t: translator(evidenceStrings, 'fr'),
  dossier: translator(dossierStrings, 'fr'),
  format: formatFor('fr'),
};
const read = <T>(value: T) => ({ value, from: 'url' as const });

function piece(change: Partial<Piece>): Piece {
  const { text: _text, ...draft } = testDraft();
  return Piece.parse({
    ...draft,
    id: '0'.repeat(24),
    rank: 'a0',
    capturedBy: AccountId.parse('account-1'),
    capturedAt: Date.UTC(2026, 10, 24, 15, 2),
    ...change,
  });
}

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('[E20] a decree is cited by its own title, its identifiers, its address and the day it was read', () => {
  const title = 'Décret n° 2019-341 du 19 avril 2019 relatif à la mise en œuvre de traitements - Légifrance';
  const legal = LegalReference.parse({
    kind: read('decree'),
    number: read('2019-341'),
    nor: read('PRMJ1901234D'),
    legifrance: [read('JORFTEXT000038388445')],
  });
  expect(plain(legalCitation(piece({ title }), legal, words))).toBe(
    'Décret n° 2019-341 du 19 avril 2019 relatif à la mise en œuvre de traitements, NOR PRMJ1901234D, ' +
      'Légifrance JORFTEXT000038388445, https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038388445, ' +
      'consulté le 24 novembre 2026.',
  );
});

test('[E20] where the title does not say it, the kind, the number and the date are said before it', () => {
  const legal = LegalReference.parse({
    kind: read('regulation'),
    number: read('2024/1183'),
    date: read('2024-04-01'),
    celex: read('32024R1183'),
    eli: read('http://data.europa.eu/eli/reg/2024/1183/oj'),
  });
  expect(plain(legalCitation(piece({ title: 'Identité numérique', url: null }), legal, words))).toBe(
    'Règlement n° 2024/1183 du 1er avril 2024, « Identité numérique », CELEX 32024R1183, ' +
      'ELI : http://data.europa.eu/eli/reg/2024/1183/oj, consulté le 24 novembre 2026.',
  );
});

test('[E20] of a number alone nothing is guessed: neither what kind of text bears it, nor its date', () => {
  const legal = LegalReference.parse({ number: read('2019-341') });
  expect(plain(legalCitation(piece({ title: 'Note', url: null }), legal, words))).toBe(
    '2019-341, « Note », consulté le 24 novembre 2026.',
  );
});

test('[E20] an article is known by its number however its title writes it', () => {
  const legal = LegalReference.parse({ kind: read('article'), number: read('L. 212-3') });
  const title = 'Article L212-3 du code des relations entre le public et l’administration';
  expect(legalCitation(piece({ title }), legal, words)).toMatch(/^Article L212-3 du code/);
  expect(plain(legalCitation(piece({ title: 'Note' }), legal, words))).toMatch(/^article L. 212-3, « Note »/);
});

test('[E20] a page is cited by its site and title; what it has not is left out', () => {
  const page = piece({ title: 'Note de service', site: 'intranet.example', url: 'https://intranet.example/note?id=4' });
  expect(plain(pageCitation(page, words))).toBe(
    'intranet.example, « Note de service », https://intranet.example/note?id=4, consulté le 24 novembre 2026.',
  );
  expect(plain(pageCitation(piece({ title: 'scan.pdf', site: '', url: null }), words))).toBe(
    '« scan.pdf », consulté le 24 novembre 2026.',
  );
});
