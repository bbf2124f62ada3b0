import { workKeyOf } from '@liasse/core';
import { describe, expect, test } from 'vitest';
import { fixture, parsePage } from '../testing.ts';
import { readLegal } from './index.ts';

const of = (address: string, html = '<p></p>') => readLegal({ document: parsePage(html), url: new URL(address) });

describe('Légifrance, by its addresses', () => {
  test.each([
    ['/jorf/id/JORFTEXT000038388445', ['JORFTEXT000038388445'], undefined, undefined],
    ['/loda/id/JORFTEXT000000886460/2024-05-01/', ['JORFTEXT000000886460'], undefined, '2024-05-01'],
    ['/codes/texte_lc/LEGITEXT000031366350/2024-01-01', ['LEGITEXT000031366350'], 'code', '2024-01-01'],
    [
      '/codes/section_lc/LEGITEXT000031366350/LEGISCTA000031367685/',
      ['LEGITEXT000031366350', 'LEGISCTA000031367685'],
      'code',
      undefined,
    ],
    ['/codes/article_lc/LEGIARTI000031367722/2016-01-01', ['LEGIARTI000031367722'], 'article', '2016-01-01'],
    ['/ceta/id/CETATEXT000043000001', ['CETATEXT000043000001'], 'case-law', undefined],
    ['/juri/id/JURITEXT000043000001', ['JURITEXT000043000001'], 'case-law', undefined],
    ['/constit/id/CONSTEXT000043000001', ['CONSTEXT000043000001'], 'case-law', undefined],
    ['/jufi/id/JUFITEXT000043000001', ['JUFITEXT000043000001'], 'case-law', undefined],
    [
      '/affichTexte.do?cidTexte=JORFTEXT000000886460&dateTexte=20240501',
      ['JORFTEXT000000886460'],
      undefined,
      '2024-05-01',
    ],
    [
      '/affichCodeArticle.do?idArticle=LEGIARTI000031367722&cidTexte=LEGITEXT000031366350&dateTexte=',
      ['LEGITEXT000031366350', 'LEGIARTI000031367722'],
      'article',
      undefined,
    ],
    ['/affichJuriAdmin.do?idTexte=CETATEXT000008000001', ['CETATEXT000008000001'], 'case-law', undefined],
  ])('[L11] %s', (path, ids, kind, version) => {
    const legal = of(`https://www.legifrance.gouv.fr${path}`);
    expect(legal?.legifrance).toEqual(ids.map((value) => ({ value, from: 'url' })));
    expect(legal?.kind).toEqual(kind === undefined ? undefined : { value: kind, from: 'url' });
    expect(legal?.version).toEqual(version === undefined ? undefined : { value: version, from: 'url' });
  });

  test('[L11] by ELI, with a NOR or with a number', () => {
    expect(of('https://www.legifrance.gouv.fr/eli/decret/2031/4/19/PRMX3108931D/jo/texte')).toMatchObject({
      kind: { value: 'decree', from: 'url' },
      nor: { value: 'PRMX3108931D', from: 'url' },
      eli: { value: 'https://www.legifrance.gouv.fr/eli/decret/2031/4/19/PRMX3108931D/jo/texte', from: 'url' },
    });
    expect(of('https://www.legifrance.gouv.fr/eli/loi/2031/1/6/2031-17/jo/texte')?.eli?.from).toBe('url');
  });

  test('[L11] behind an ELI, the identifier is the one that the page states for itself, and both addresses are one work', () => {
    const eli = 'https://www.legifrance.gouv.fr/eli/decret/2031/4/19/PRMX3108931D/jo/texte';
    const jorf = 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000099388445';
    const stated = `<link rel="canonical" href="${jorf}">`;
    expect(of(eli, stated)?.legifrance).toEqual([{ value: 'JORFTEXT000099388445', from: 'meta' }]);
    expect(workKeyOf({ url: eli, legal: of(eli, stated) })).toBe(workKeyOf({ url: jorf, legal: of(jorf) }));
    // Two make no choice, and a text that is only cited is none of its own.
    const two = `${stated}<meta property="og:url" content="${jorf.replace('445', '446')}">`;
    expect(of(eli, two)?.legifrance).toBeUndefined();
    expect(of(eli, `<main><a href="${jorf}">Décret</a></main>`)?.legifrance).toBeUndefined();
  });

  test('[L11] an article’s code is the one text that its page leads to, and the page says which version it shows', () => {
    const page =
      '<main><a href="/codes/texte_lc/LEGITEXT000099366350">Code des liasses</a><h1>Article L. 1-2</h1><p>Version en vigueur depuis le 01 janvier 2031</p></main>';
    const legal = of('https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000099367722', page);
    expect(legal).toMatchObject({
      kind: { value: 'article', from: 'title' },
      number: { value: 'L. 1-2', from: 'title' },
      version: { value: '2031-01-01', from: 'text' },
      legifrance: [
        { value: 'LEGITEXT000099366350', from: 'text' },
        { value: 'LEGIARTI000099367722', from: 'url' },
      ],
    });
    const two = page.replace('<h1>', '<a href="/codes/texte_lc/LEGITEXT000099366351">Autre</a><h1>');
    expect(of('https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000099367722', two)?.legifrance).toHaveLength(1);
  });
});

describe('EUR-Lex, by its addresses and what it says of its pages', () => {
  test.each([
    ['/legal-content/FR/TXT/?uri=CELEX:32016R0679', '32016R0679', undefined],
    ['/legal-content/EN/TXT/HTML/?uri=CELEX%3A32016R0679&from=FR', '32016R0679', undefined],
    ['/LexUriServ/LexUriServ.do?uri=CELEX:32016R0679:FR:HTML', '32016R0679', undefined],
    ['/legal-content/FR/TXT/?uri=CELEX:02016R0679-20160504', '02016R0679-20160504', '2016-05-04'],
  ])('[L12] %s', (path, celex, version) => {
    const legal = of(`https://eur-lex.europa.eu${path}`);
    expect(legal).toMatchObject({
      celex: { value: celex, from: 'url' },
      kind: { value: 'regulation', from: 'url' },
      number: { value: '2016/679', from: 'url' },
    });
    expect(legal?.version?.value).toBe(version);
  });

  test('[L12] by ELI, base act and consolidated version', () => {
    expect(of('https://eur-lex.europa.eu/eli/dir/2016/680/oj')).toEqual({
      kind: { value: 'directive', from: 'url' },
      number: { value: '2016/680', from: 'url' },
      eli: { value: 'http://data.europa.eu/eli/dir/2016/680/oj', from: 'url' },
    });
    const consolidated = of('https://eur-lex.europa.eu/eli/reg/2016/679/2016-05-04/fra');
    expect(consolidated?.version).toEqual({ value: '2016-05-04', from: 'url' });
  });

  test.each([
    ['<meta name="WT.z_docID" content="32014R0910">', { value: '910/2014', from: 'meta' }],
    ['<meta name="DC.identifier" content="CELEX:31995L0046">', { value: '95/46', from: 'meta' }],
  ])('[L12] its own number in %s, as it is printed', (page, number) => {
    expect(of('https://eur-lex.europa.eu/x', page)?.number).toEqual(number);
    // The address is believed first.
    expect(of('https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32016R0679', page)?.celex).toEqual({
      value: '32016R0679',
      from: 'url',
    });
  });

  test('[L12] its own number in RDFa', () => {
    const page =
      '<meta property="eli:id_local" content="32031R0012"><meta about="http://data.europa.eu/eli/reg/2031/12/oj" typeof="eli:LegalResource">';
    expect(of('https://eur-lex.europa.eu/x', page)?.celex).toEqual({ value: '32031R0012', from: 'rdfa' });
  });
});

test('[L13] service-public.fr: the number of the fiche, and the day it was verified', () => {
  const page = '<main><h1>Tenir une liasse</h1><p>Vérifié le 12 mars 2031 - Direction des liasses</p></main>';
  expect(of('https://www.service-public.gouv.fr/particuliers/vosdroits/F99999', page)).toEqual({
    kind: { value: 'other', from: 'url' },
    number: { value: 'F99999', from: 'url' },
    version: { value: '2031-03-12', from: 'text' },
  });
  expect(of('https://www.service-public.gouv.fr/particuliers', page)).toBeNull();
  expect(of('https://www.service-public.fr/particuliers/vosdroits/R12345', page)?.number?.value).toBe('R12345');
  expect(of('https://entreprendre.service-public.fr/vosdroits/N24265', page)?.number?.value).toBe('N24265');
});

test('[L14] Dublin Core, ELI, and a title that has a number; what the page states for itself stands above its title', () => {
  const dublin =
    '<meta name="DC.type" content="circulaire"><meta name="DC.identifier" content="DGA-12"><meta name="DC.date" content="2031-02-03">';
  const title = '<main><h1>Circulaire n° 2031-9 du 1er mars 2031 relative aux liasses</h1></main>';
  expect(of('https://intranet.example/', title)).toEqual({
    kind: { value: 'circular', from: 'title' },
    number: { value: '2031-9', from: 'title' },
    date: { value: '2031-03-01', from: 'title' },
  });
  expect(of('https://intranet.example/', dublin + title)).toEqual({
    kind: { value: 'circular', from: 'title' },
    number: { value: 'DGA-12', from: 'meta' },
    date: { value: '2031-02-03', from: 'meta' },
  });
  const eli = 'https://legilux.public.lu/eli/etat/leg/loi/2031/2/3/a1/jo';
  expect(of('https://legilux.public.lu/x', `<link rel="alternate" href="${eli}">`)?.eli).toEqual({
    value: eli,
    from: 'rdfa',
  });
});

test('[L14] a title without a number makes no legal text', () => {
  expect(of('https://intranet.example/', '<main><h1>Décision du jury</h1></main>')).toBeNull();
});

test('[L14] schema.org’s version, and where each part was read', () => {
  const page =
    '<script type="application/ld+json">{"@type":"Legislation","legislationIdentifier":"DGA/7","legislationDateVersion":"2031-02-03"}</script>';
  expect(of('https://intranet.example/', page)).toEqual({
    number: { value: 'DGA/7', from: 'meta' },
    version: { value: '2031-02-03', from: 'meta' },
  });
  for (const part of Object.values(
    readLegal({ document: fixture('eurlex'), url: new URL('https://a.example/') }) ?? {},
  )) {
    expect(part).toHaveProperty('from');
  }
});
