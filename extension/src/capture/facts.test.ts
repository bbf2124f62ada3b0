import { describe, expect, test } from 'vitest';
import { readFacts } from './facts.ts';
import { fixture } from './testing.ts';

const factsOf = (name: string, address: string) => readFacts(fixture(name), new URL(address));

describe('what a page says of itself', () => {
  test('EUR-Lex: its metadata, its RDFa, and the number that its CELEX means', async () => {
    const facts = factsOf('eurlex', 'https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32024R9901');
    expect(facts.title).toMatch(/^Règlement \(UE\) 2024\/9901 .* établissant un cadre/);
    expect(facts.language).toBe('fr');
    expect(facts.legal).toEqual({
      kind: { value: 'regulation', from: 'url' },
      number: { value: '2024/9901', from: 'url' },
      celex: { value: '32024R9901', from: 'url' },
      eli: { value: 'http://data.europa.eu/eli/reg/2024/9901/oj', from: 'rdfa' },
      date: { value: '2024-04-11', from: 'rdfa' },
    });
  });

  test('EUR-Lex saved elsewhere: the same, read from the page alone', async () => {
    const facts = factsOf('eurlex', 'http://127.0.0.1:8080/copie.html');
    expect(facts.legal?.celex).toEqual({ value: '32024R9901', from: 'meta' });
  });

  test.each([
    ['https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000099388445', ['JORFTEXT000099388445']],
    [
      'https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000031366350/LEGISCTA000031367685/2031-01-01',
      ['LEGITEXT000031366350', 'LEGISCTA000031367685'],
    ],
    [
      'https://www.legifrance.gouv.fr/affichTexte.do?cidTexte=JORFTEXT000099388445&categorieLien=id',
      ['JORFTEXT000099388445'],
    ],
  ])('Légifrance %s: its identifiers from the address, NOR, ELI and title from what it shows', async (address, ids) => {
    const { legal, title } = factsOf('legifrance', address);
    expect(title).toBe('Décret n° 2031-341 du 19 avril 2031 relatif aux liasses');
    expect(legal?.legifrance?.map(({ value }) => value)).toEqual(ids);
    expect(legal).toMatchObject({
      kind: { value: 'decree', from: 'title' },
      number: { value: '2031-341', from: 'title' },
      date: { value: '2031-04-19', from: 'title' },
      nor: { value: 'PRMX3108931D', from: 'text' },
      eli: { value: 'https://www.legifrance.gouv.fr/eli/decret/2031/4/19/PRMX3108931D/jo/texte', from: 'text' },
    });
  });

  test('Légifrance by its ELI address: the NOR stands there', async () => {
    const { legal } = factsOf(
      'legifrance',
      'https://www.legifrance.gouv.fr/eli/decret/2031/4/19/PRMX3108931D/jo/texte',
    );
    expect(legal?.nor).toEqual({ value: 'PRMX3108931D', from: 'url' });
    expect(legal?.eli?.from).toBe('url');
  });

  test('an intranet circular: schema.org, and its heading', async () => {
    const facts = factsOf('circulaire', 'https://intranet.example/doc/7');
    expect(facts.language).toBe('fr-FR');
    expect(facts.legal).toEqual({
      kind: { value: 'circular', from: 'title' },
      number: { value: 'DGA/2031/07', from: 'meta' },
      date: { value: '2031-02-03', from: 'meta' },
    });
  });

  test('an ordinary page names no legal text', () => {
    const page = new DOMParser().parseFromString('<title>Décision surprise du conseil</title><p>…', 'text/html');
    expect(readFacts(page, new URL('https://journal.example/a')).legal).toBeNull();
  });
});
