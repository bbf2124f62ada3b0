import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LegalReference } from './legal.ts';
import { workKeyOf } from './workKey.ts';

const at = (url: string, legal: LegalReference | null = null) => workKeyOf({ url, legal });
const celex = (value: string): LegalReference => ({ celex: { value, from: 'url' } });
const eli = (value: string): LegalReference => ({ eli: { value, from: 'url' } });
const legifrance = (...ids: string[]): LegalReference => ({
  legifrance: ids.map((value) => ({ value, from: 'url' as const })),
});
const article = (number: string, ...ids: string[]): LegalReference => ({
  ...legifrance(...ids),
  kind: { value: 'article', from: 'url' },
  number: { value: number, from: 'title' },
});
const somewhere = 'https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=x';

describe('one work', () => {
  test.each([
    celex('32016R0679'),
    celex('02016R0679-20160504'),
    eli('http://data.europa.eu/eli/reg/2016/679/oj'),
    eli('http://data.europa.eu/eli/reg/2016/679/2016-05-04'),
    eli('https://eur-lex.europa.eu/eli/reg/2016/679/oj/fra'),
    eli('http://data.europa.eu/eli/reg_impl/2016/679'),
  ])('[D21] an act of the EU by any name, in any language, in any version: %j', (legal) => {
    expect(at(somewhere, legal)).toBe('celex:32016R0679');
  });

  test('[D21] an article of a code, whatever its version', () => {
    const key = 'legi:LEGITEXT000031366350#L212-3';
    expect(at(somewhere, article('L. 212-3', 'LEGITEXT000031366350', 'LEGIARTI000031367722'))).toBe(key);
    expect(at(somewhere, article('L212-3', 'LEGITEXT000031366350', 'LEGIARTI000099999999'))).toBe(key);
  });

  test.each([
    [
      'https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031367722/2024-01-01',
      'https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031367722',
    ],
    ['https://a.fr/p?b=2&utm_source=x&a=1', 'https://a.fr/p?a=1&b=2'],
    ['https://a.fr/p#section-2', 'https://a.fr/p'],
    ['http://a.fr/p', 'https://a.fr/p'],
    ['https://moi:secret@a.fr/p', 'https://a.fr/p'],
  ])('[D21] %s is %s', (one, other) => expect(at(one)).toBe(at(other)));
});

describe('two works', () => {
  test.each([
    ['https://www.a.fr/', 'https://a.fr/'],
    ['https://a.fr/#/dossier/1', 'https://a.fr/#/dossier/2'],
    ['https://a.fr/?id=1&id=2', 'https://a.fr/?id=2&id=1'],
    ['https://a.fr/2024-01-01', 'https://a.fr/2024-01-02'],
    ['http://a.fr:8080/', 'http://a.fr:8081/'],
  ])('[D21] %s is not %s', (one, other) => expect(at(one)).not.toBe(at(other)));

  test('[D21] a corrigendum is not the act, a section is not the code, an article without its text is nobody’s', () => {
    expect(at(somewhere, celex('32016R0679R(02)'))).not.toBe(at(somewhere, celex('32016R0679')));
    const code = legifrance('LEGITEXT000031366350');
    expect(at(somewhere, legifrance('LEGITEXT000031366350', 'LEGISCTA000031367685'))).not.toBe(at(somewhere, code));
    expect(at('https://b.fr/', legifrance('LEGIARTI000031367722'))).toBe('url:https://b.fr/');
  });

  /** A text, as a number of small numbers: two texts are the same exactly when these are. */
  const text = fc.record({
    sort: fc.constantFrom('act', 'journal', 'code', 'section', 'article', 'address'),
    type: fc.constantFrom('R', 'L', 'D'),
    year: fc.integer({ min: 2015, max: 2017 }),
    number: fc.integer({ min: 1, max: 3 }),
    part: fc.integer({ min: 1, max: 3 }),
  });
  const id = (prefix: string, number: number) => `${prefix}${String(number).padStart(12, '0')}`;
  const namesOf = ({ sort, type, year, number, part }: typeof text extends fc.Arbitrary<infer T> ? T : never) => {
    const eliType = { R: 'reg', L: 'dir', D: 'dec' }[type as 'R'];
    switch (sort) {
      case 'act':
        return {
          name: `${type}${year}/${number}`,
          legal: [
            celex(`3${year}${type}${String(number).padStart(4, '0')}`),
            eli(`http://data.europa.eu/eli/${eliType}/${year}/${number}/oj`),
          ],
        };
      case 'journal':
        return { name: `jo${number}`, legal: [legifrance(id('JORFTEXT', number))] };
      case 'code':
        return { name: `code${number}`, legal: [legifrance(id('LEGITEXT', number))] };
      case 'section':
        return {
          name: `code${number} section${part}`,
          legal: [legifrance(id('LEGITEXT', number), id('LEGISCTA', part))],
        };
      case 'article':
        return {
          name: `code${number} article${part}`,
          legal: [
            article(`L. ${part}-1`, id('LEGITEXT', number)),
            article(`L${part}-1`, id('LEGITEXT', number), id('LEGIARTI', year)),
          ],
        };
      default:
        return { name: `address${number} ${part}`, legal: [null] };
    }
  };

  test('[D21] any two names have one key exactly when they name one text', () => {
    fc.assert(
      fc.property(text, text, fc.nat(1), fc.nat(1), (a, b, x, y) => {
        const [one, other] = [namesOf(a), namesOf(b)];
        const keyOf = (names: typeof one, of: typeof a, which: number) =>
          at(
            `https://a.fr/${of.number}?page=${of.part}`,
            names.legal[which % names.legal.length] as LegalReference | null,
          );
        expect(keyOf(one, a, x) === keyOf(other, b, y)).toBe(one.name === other.name);
      }),
      { numRuns: 2_000 },
    );
  });
});
