import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citationsIn } from './citationsIn.ts';
import { FRENCH_CODES } from './codes.ts';

const only = (text: string) => {
  const [citation, ...others] = citationsIn(`Vu le texte, ${text}, puis la suite.`);
  expect(others).toEqual([]);
  return citation;
};
const eurLex = (celex: string, language = 'FR') =>
  `https://eur-lex.europa.eu/legal-content/${language}/TXT/?uri=CELEX:${celex}`;
const search = (words: string) =>
  `https://www.legifrance.gouv.fr/search/all?tab_selection=all&searchField=ALL&query=${encodeURIComponent(words)}`;

describe('what is recognised', () => {
  test.each([
    [
      'décret n° 2019-341 du 19 avril 2019',
      'decree',
      '2019-341',
      '2019-04-19',
      'https://www.legifrance.gouv.fr/eli/decret/2019/4/19/2019-341/jo/texte',
    ],
    [
      'DÉCRET N° 2019-341 DU 19 AVRIL 2019',
      'decree',
      '2019-341',
      '2019-04-19',
      'https://www.legifrance.gouv.fr/eli/decret/2019/4/19/2019-341/jo/texte',
    ],
    ['loi n° 78-17 du 6 janvier 1978', 'law', '78-17', '1978-01-06', search('loi n° 78-17')],
    ['loi organique n° 2009-403 du 15 avril 2009', 'law', '2009-403', '2009-04-15', search('loi n° 2009-403')],
    [
      'ordonnance n° 2015-1341 du 23 octobre 2015',
      'ordinance',
      '2015-1341',
      '2015-10-23',
      'https://www.legifrance.gouv.fr/eli/ordonnance/2015/10/23/2015-1341/jo/texte',
    ],
    ['arrêté du 12 mars 2021', 'order', null, '2021-03-12', null],
    ['arrêté interministériel du 1er août 2021', 'order', null, '2021-08-01', null],
    ['circulaire du 3 février 2020', 'circular', null, '2020-02-03', null],
    ['décret n° 2019-341', 'decree', '2019-341', null, search('décret n° 2019-341')],
    ['règlement (UE) 2024/1183', 'regulation', '2024/1183', null, eurLex('32024R1183')],
    ['règlement (UE) n° 910/2014', 'regulation', '910/2014', null, eurLex('32014R0910')],
    ['règlement (UE) 2024/71', 'regulation', '2024/71', null, eurLex('32024R0071')],
    ['règlement (CEE) n° 1408/71', 'regulation', '1408/71', null, eurLex('31971R1408')],
    ['règlement d’exécution (UE) 2015/1501', 'regulation', '2015/1501', null, eurLex('32015R1501')],
    ['directive 95/46/CE', 'directive', '95/46', null, eurLex('31995L0046')],
    [
      'directive 2006/123/CE du Parlement européen et du Conseil du 12 décembre 2006',
      'directive',
      '2006/123',
      '2006-12-12',
      eurLex('32006L0123'),
    ],
    ['Directive 95/46/EC', 'directive', '95/46', null, eurLex('31995L0046', 'EN')],
    [
      'Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April 2016',
      'regulation',
      '2016/679',
      '2016-04-27',
      eurLex('32016R0679', 'EN'),
    ],
    ['décision-cadre 2002/584/JAI', 'decision', '2002/584', null, eurLex('32002F0584')],
    ['décision n° 1313/2013/UE', 'decision', '1313/2013', null, eurLex('32013D1313')],
    ['NOR : PRMX1904931D', 'other', 'PRMX1904931D', null, search('PRMX1904931D')],
    ['CELEX:32016R0679', 'regulation', '32016R0679', null, eurLex('32016R0679')],
    [
      'http://data.europa.eu/eli/reg/2016/679/oj',
      'other',
      'http://data.europa.eu/eli/reg/2016/679/oj',
      null,
      'http://data.europa.eu/eli/reg/2016/679/oj',
    ],
  ])('[L20] %s', (text, kind, number, date, link) => {
    expect(only(text)).toMatchObject({ kind, number, date, link, start: 13, end: 13 + text.length });
  });

  test.each(FRENCH_CODES)('[L20] an article of the %s', (code) => {
    const text = `article L. 212-3 du ${code}`;
    expect(only(text.replaceAll('’', "'"))).toMatchObject({
      kind: 'article',
      number: 'L. 212-3',
      code,
      end: 13 + text.length,
      link: search(`article L. 212-3 ${code}`),
    });
  });

  test('[L20] of several in one breath each is one', () => {
    const text =
      'Les articles L. 212-1 à L. 212-4, R*123-4 et 1er du code du travail, les lois n° 78-17 du 6 janvier 1978 et n° 2004-801 du 6 août 2004, les règlements (UE) n° 910/2014 et (UE) 2016/679.';
    const found = citationsIn(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      'articles L. 212-1',
      'L. 212-4',
      'R*123-4',
      '1er du code du travail',
      'lois n° 78-17 du 6 janvier 1978',
      'n° 2004-801 du 6 août 2004',
      'règlements (UE) n° 910/2014',
      '(UE) 2016/679',
    ]);
    expect(found.filter(({ code }) => code === 'code du travail')).toHaveLength(4);
  });

  test('[L20] an article of an act, and the act', () => {
    expect(citationsIn('l’article 6 de la loi n° 78-17 du 6 janvier 1978').map(({ kind }) => kind)).toEqual([
      'article',
      'law',
    ]);
  });

  test.each([
    'cette décision du conseil',
    'la loi du marché',
    'un article de presse',
    'il arrêtera en mars 2021',
    'la directive de 2021',
    'décret du 31 février 2021',
    'le score 3/4 de la décision 3/4',
    'règlement intérieur',
    'un colis n° 2019-341',
    'emploi n° 2019-341',
  ])('[L20] %s is none', (text) => expect(citationsIn(text)).toEqual([]));
});

describe('links', () => {
  test.each([
    ['règlement (UE) n° 2016/2012', 'may be number 2016 of 2012'],
    ['article 5 du présent décret', 'is of a text that is not named'],
    ['arrêté du 12 mars 2021', 'shares its day with others'],
    ['arrêté n° 2021-12 du 12 mars 2021', 'bears its ministry’s own number'],
    ['directive 46/95/CE', 'is of no year of the Communities'],
  ])('[L21] there is none where %s %s', (text) => {
    expect(citationsIn(text)).toHaveLength(1);
    expect(citationsIn(text)[0]?.link).toBeNull();
  });

  test('[L21] a decree’s date and number must agree before they make an address', () => {
    expect(citationsIn('décret n° 2018-341 du 19 avril 2019')[0]?.link).toBe(search('décret n° 2018-341'));
  });
});

describe('any text', () => {
  const fragment = fc.constantFrom(
    'article ',
    'articles L. 1',
    ' et ',
    'n° ',
    '2019-341',
    ' du ',
    '19 avril 2019',
    'règlement (UE) ',
    '2016/679',
    'NOR ',
    'code du travail',
    ',',
    ' ',
    'à',
    '\n',
    '😀',
    'É',
  );

  test('[L20] citations are in order, apart, inside the text, and begin and end at a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fragment, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 60 }),
        (parts) => {
          const text = parts.join('');
          let end = 0;
          for (const citation of citationsIn(text)) {
            expect(citation.start).toBeGreaterThanOrEqual(end);
            expect(citation.end).toBeGreaterThan(citation.start);
            end = citation.end;
            const cited = text.slice(citation.start, citation.end);
            expect(cited).toBe(cited.trim());
          }
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  test.each([
    ['spaces', 'article '.padEnd(1_000_000, ' ')],
    ['openings', 'décret n° '.repeat(100_000)],
    ['lists without end', `articles ${'1, '.repeat(300_000)}`],
    ['numbers', 'règlement (UE) '.concat('1/'.repeat(490_000))],
    ['dashes', `article L. ${'1-'.repeat(490_000)}`],
    ['capitals', 'NOR '.concat('A'.repeat(990_000))],
    ['dates', 'loi du 1 '.repeat(110_000)],
    ['addresses', 'http://data.europa.eu/eli/'.repeat(38_000)],
  ])('[L22] a megabyte of %s is passed over once', (_what, text) => {
    // Quadratic work on a megabyte would take an hour: the test's own time limit is the proof.
    expect(citationsIn(text).length).toBeLessThanOrEqual(text.length);
  });
});
