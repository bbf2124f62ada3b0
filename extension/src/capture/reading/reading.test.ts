import { describe, expect, test } from 'vitest';
import { fixture, parsePage } from '../testing.ts';
import { readBlocks } from './blocks.ts';
import { flatten } from './flatten.ts';
import { readText } from './readText.ts';
import { linesOf, prose, read } from './testing.ts';

const everything = { isShown: () => true };
const paragraphs = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => `<p>${prose(from + n)}</p>`).join('');
const articles = (count: number) =>
  Array.from({ length: count }, (_, n) => `<h2>Article ${n + 1}</h2><p>${prose(n)}</p>`).join('');

describe('what the blocks of a text are', () => {
  test('[L7] headings, lists as they are numbered, indents made of tables, rows', () => {
    expect(
      readText(fixture('eurlex'), { ...everything, url: new URL('https://eur-lex.europa.eu/x'), legal: true }).blocks,
    ).toEqual([
      { kind: 'paragraph', text: 'RÈGLEMENT (UE) 2024/9901' },
      { kind: 'paragraph', text: 'du 11 avril 2024' },
      { kind: 'item', depth: 0, marker: '(1)', text: 'Les liasses sont utiles aux services.' },
      { kind: 'item', depth: 0, marker: '(2)', text: 'Il convient de les tenir à jour.' },
      { kind: 'heading', level: 2, text: 'Article premier' },
      { kind: 'paragraph', text: 'Chaque service tient une liasse.' },
      { kind: 'item', depth: 0, marker: 'a.', text: 'complète ;' },
      { kind: 'item', depth: 0, marker: 'b.', text: 'datée.' },
      { kind: 'item', depth: 1, marker: '1.', text: 'au jour près' },
      { kind: 'row', header: true, cells: ['Service', 'Délai'] },
      { kind: 'row', header: false, cells: ['Bureau A', '2 mois'] },
    ]);
  });

  test('[L7] a number stays with its provision, however the page sets it', () => {
    const page = parsePage(`
      <table><tr><td>1.</td><td><p>Premier.</p><p>Suite.</p>
        <table><tr><td>a)</td><td>un</td></tr><tr><td>—</td><td>tiret</td></tr></table></td></tr></table>
      <div class="grid"><div>2°</div><div>Deuxième.</div></div>
      <ol><li>(1) dit son numéro</li><li>3° bis) autrement</li></ol>
      <p>Article L. 212-3</p><p>Texte.</p><p>(3)</p><h2>Titre</h2>`);
    expect(readBlocks(flatten(page, everything).body).blocks).toEqual([
      { kind: 'item', depth: 0, marker: '1.', text: 'Premier.' },
      { kind: 'paragraph', text: 'Suite.' },
      { kind: 'item', depth: 1, marker: 'a)', text: 'un' },
      { kind: 'item', depth: 1, marker: null, text: 'tiret' },
      { kind: 'item', depth: 0, marker: '2°', text: 'Deuxième.' },
      { kind: 'item', depth: 0, marker: '(1)', text: 'dit son numéro' },
      { kind: 'item', depth: 0, marker: '3° bis)', text: 'autrement' },
      { kind: 'paragraph', text: 'Article L. 212-3' },
      { kind: 'paragraph', text: 'Texte.' },
      { kind: 'paragraph', text: '(3)' },
      { kind: 'heading', level: 2, text: 'Titre' },
    ]);
  });

  test('[L7] a list counts as the page makes it count: from a number, backwards, over a number of an item’s own', () => {
    const page = parsePage(
      '<ol start="3"><li>a<li>b</ol><ol reversed><li>c<li>d</ol><ol type="I"><li>e<li value="9">f<li>g</ol><ol type="a" start="27"><li>h</ol>',
    );
    const { blocks } = readBlocks(flatten(page, everything).body);
    expect(blocks.map((block) => block.kind === 'item' && `${block.marker} ${block.text}`)).toEqual([
      '3. a',
      '4. b',
      '2. c',
      '1. d',
      'I. e',
      'IX. f',
      'X. g',
      'aa. h',
    ]);
  });

  test('[L7] columns made of a table are read as columns', () => {
    const text = read(`<table><tr><td><p>${prose(9)}</p></td><td><h1>Liasse</h1>${paragraphs(4)}</td></tr></table>`);
    expect(text.blocks.some(({ kind }) => kind === 'row')).toBe(false);
    expect(text.blocks).toContainEqual({ kind: 'heading', level: 1, text: 'Liasse' });
  });

  test('quotes and preformatted text', () => {
    const { blocks } = read('<blockquote>La liasse fait foi.</blockquote><pre>annexe 1\n  ligne 2</pre>');
    expect(blocks).toEqual([
      { kind: 'quote', text: 'La liasse fait foi.' },
      { kind: 'preformatted', text: 'annexe 1\n  ligne 2' },
    ]);
  });
});

describe('who reads a page, and what of it must be there', () => {
  test('[L1] an article among menus: Readability finds it, and the gate says how much of it', () => {
    const text = read(`<nav>Accueil Plan</nav><main><h1>Liasse</h1>${paragraphs(8)}</main><footer>Mentions</footer>`);
    expect(text.coverage).toMatchObject({ by: 'readability', gate: 0.8 });
    expect(text.coverage?.kept).toBeGreaterThan(0.9);
    expect(linesOf(text)).toContain(prose(7));
    expect(linesOf(text).join()).not.toContain('Mentions');
  });

  test('[L1] what Readability took out of the middle of a text is put back: its heading, a table, a title that unfolds', () => {
    const text = read(
      `<div class="page"><h1>Liasse</h1><div class="share-buttons"><a href="#">Partager</a></div><div class="corps">${paragraphs(4)}` +
        `<table><tr><td>Bureau A</td><td>2 mois</td></tr></table><div class="newsletter"><p>Abonnez-vous à notre lettre.</p></div>` +
        `<h3><button>Vous êtes mineur</button></h3>${paragraphs(4, 4)}<div class="comments"><p>${prose(20)}</p></div></div></div>`,
    );
    const lines = linesOf(text);
    expect(text.coverage).toMatchObject({ by: 'readability', kept: 1 });
    expect(lines[0]).toBe('Liasse');
    expect(lines).toContain('Bureau A | 2 mois');
    expect(lines).toContain('Vous êtes mineur');
    expect(lines.join()).not.toMatch(/Partager|Abonnez/);
    expect(lines).not.toContain(prose(20));
  });

  test('[L1] what Readability left out beside a text stays out, and the summary between heading and text is kept', () => {
    const text = read(
      `<div class="page"><h1>Liasse</h1><div class="resume">Un résumé du service.</div><div class="corps">${paragraphs(8)}</div>` +
        `<div class="contact"><div>Ouvert le lundi</div><div>Fermé le mardi</div></div><div class="corps">${paragraphs(3, 8)}</div></div>`,
    );
    expect(linesOf(text)).toEqual([
      'Liasse',
      'Un résumé du service.',
      ...Array.from({ length: 11 }, (_, number) => prose(number)),
    ]);
  });

  test('[L1] what is called a comment is the text where the reader found nothing else', () => {
    const observations = [1, 2, 3, 4, 5, 6].map((n) => `<div class="comment"><p>${prose(n)}</p></div>`).join('');
    const text = read(`<div class="page"><h1>Observations</h1><div class="comments">${observations}</div></div>`);
    expect(linesOf(text)).toEqual(['Observations', ...[1, 2, 3, 4, 5, 6].map(prose)]);
  });

  test('[L2] columns that no name tells from the text are not held against a reader', () => {
    const column = (from: number) => `<div class="bloc"><h2>À la une</h2>${paragraphs(2, from)}</div>`;
    const text = read(
      `<div class="haut"><div>${column(20)}</div><div class="centre"><h1>Liasse</h1>${paragraphs(9)}</div><div>${column(30)}</div></div>`,
    );
    expect(text.coverage).toMatchObject({ by: 'readability', kept: 1 });
    expect(linesOf(text)).toEqual(['Liasse', ...Array.from({ length: 9 }, (_, n) => prose(n))]);
  });

  test('[L1] the last reader is asked only for what the others lost', () => {
    const asked: string[] = [];
    const last = () => {
      asked.push('defuddle');
      return { blocks: [{ kind: 'paragraph' as const, text: `un deux ${prose(1)} ${prose(2)}` }], dropped: 0 };
    };
    const options = { ...everything, url: new URL('https://site.example/'), legal: false };
    const found = parsePage(`<main>${paragraphs(8)}</main>`);
    expect(readText(found, options, last).coverage?.by).toBe('readability');
    expect(asked).toEqual([]);
    const short = parsePage('<main><div>un</div><div>deux</div></main>');
    expect(readText(short, options, last).coverage?.by).not.toBe('whole');
  });

  test('[L2] a page of numbered provisions is a legal text, read whole by an adapter, title and annex with it', () => {
    const text = read(
      `<header><nav><a href="/">Accueil</a></nav></header><div id="page"><div id="texte"><p>Décret relatif aux liasses</p><div>${articles(6)}</div>` +
        `<p>Annexe</p><table><tr><th>Service</th><th>Délai</th></tr><tr><td>A</td><td>2 mois</td></tr></table></div></div><footer>Mentions</footer>`,
    );
    expect(text.coverage).toEqual({ by: 'adapter', kept: 1, gate: 0.98 });
    const lines = linesOf(text);
    expect(lines[0]).toBe('Décret relatif aux liasses');
    expect(lines.slice(-3)).toEqual(['Annexe', 'Service | Délai', 'A | 2 mois']);
    expect(lines.filter((line) => line.startsWith('Article'))).toHaveLength(6);
  });

  test('[L2] the heading of a legal text is kept where it stands apart from its provisions', () => {
    const text = read(
      `<title>Code des liasses</title><div><div><h1>Code des liasses</h1><a href="/p">Imprimer</a></div><aside>${prose(30)}</aside>` +
        `<div class="texte">${articles(4)}</div></div>`,
    );
    expect(linesOf(text).slice(0, 2)).toEqual(['Code des liasses', 'Article 1']);
  });

  test('[L1] of two headings the one that the page’s title begins with is the text’s', () => {
    const text = read(
      `<title>Purger un radiateur - Forum de l’entraide</title><div><h1>Forum de l’entraide</h1><p>Chauffage</p></div>` +
        `<div><h2>Purger un radiateur</h2>${paragraphs(6)}</div>`,
    );
    expect(linesOf(text)[0]).toBe('Purger un radiateur');
    expect(linesOf(text)).toHaveLength(7);
  });

  test('[L2] three numbered provisions make a legal text, two do not', () => {
    expect(read(`<main>${articles(3)}</main>`).coverage?.gate).toBe(0.98);
    expect(read(`<main>${articles(2)}</main>`).coverage?.gate).toBe(0.8);
  });

  test('[L2] what counts of a legal text without a main is what holds its provisions', () => {
    const text = read(
      `<nav>Accueil Plan</nav><p>${prose(30)}</p><p>${prose(31)}</p><div id="texte">${articles(5)}</div>`,
    );
    expect(text.coverage).toEqual({ by: 'adapter', kept: 1, gate: 0.98 });
  });

  test('[L1] a reader that breaks has found nothing, and the others are heard', () => {
    const broken = () => {
      throw new Error('a reader that stumbles');
    };
    const short = parsePage('<main><div>un</div><div>deux</div></main>');
    const options = { ...everything, url: new URL('https://site.example/'), legal: false };
    expect(linesOf(readText(short, options, broken))).toEqual(['un', 'deux']);
  });

  test('[L2] sentences about articles make no legal text', () => {
    const about = [1, 2, 3, 4].map((n) => `<p>Article ${n} of the treaty says little. ${prose(n)}</p>`).join('');
    expect(read(`<main>${about}</main>`).coverage?.gate).toBe(0.8);
  });

  test('[L3] where every reader loses text, all of it is kept, and it is said', () => {
    const notes = Array.from(
      { length: 40 },
      (_, n) => `<div class="remarque"><div>note ${n} du bureau ${n}</div></div>`,
    );
    const text = read(`<main><article>${paragraphs(3)}</article>${notes.join('')}</main>`);
    expect(text.coverage?.by).toBe('whole');
    expect(text.coverage?.kept).toBeLessThan(0.8);
    expect(linesOf(text)).toContain('note 39 du bureau 39');
    expect(linesOf(text)).toContain(prose(2));
  });

  test('a page without text has no coverage', () => {
    expect(read('<img src="x.png">')).toEqual({ blocks: [], coverage: null, dropped: 0 });
  });

  test.each([
    [
      'https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32024R9901',
      '<div id="text"><div id="document1">',
      '</div></div>',
    ],
    [
      'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000099388445',
      '<main id="main"><div class="page-content">',
      '</div></main>',
    ],
    [
      'https://www.service-public.gouv.fr/particuliers/vosdroits/F99999',
      '<div id="main"><article>',
      '</article></div>',
    ],
  ])('[L1] %s: its own adapter knows where the text is', (address, before, after) => {
    const html = `<nav>${'<a href="/x">Rubrique</a> '.repeat(40)}</nav>${before}<p>${prose(1)}</p><nav>Haut de page</nav><p>${prose(2)}</p>${after}<footer>Pied ${prose(3)}</footer>`;
    const text = read(html, { url: new URL(address), legal: true });
    expect(linesOf(text)).toEqual([prose(1), prose(2)]);
    expect(text.coverage?.by).toBe('adapter');
  });
});

describe('what a page shows', () => {
  test('[L4] what is hidden is not read', () => {
    const { blocks } = read('<p>vu</p><p class="off">caché</p><p hidden>caché</p><p aria-hidden="true">caché</p>', {
      isShown: (element) => element.getAttribute('class') !== 'off',
    });
    expect(blocks).toEqual([{ kind: 'paragraph', text: 'vu' }]);
  });

  test('[L4] shadow roots, open and closed, and what is put in their slots, in the order it is shown', () => {
    const page = parsePage(
      '<main><x-card id="open"><p>glissé</p></x-card><x-card id="closed"></x-card><p>fin</p></main>',
    );
    const open = page.querySelector('#open') as Element;
    const shadow = open.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<p>avant</p><slot></slot><p>après</p>';
    const closed = (page.querySelector('#closed') as Element).attachShadow({ mode: 'closed' });
    closed.innerHTML = '<p>fermé</p>';
    const shadowOf = (element: Element) => (element.id === 'closed' ? closed : element.shadowRoot);
    expect(
      linesOf(readText(page, { ...everything, shadowOf, url: new URL('https://a.example/'), legal: false })),
    ).toEqual(['avant', 'glissé', 'après', 'fermé', 'fin']);
  });

  test('[L4] frames of the same origin, where they stand', () => {
    const frame = document.createElement('iframe');
    document.body.replaceChildren(frame);
    (frame.contentDocument as Document).body.innerHTML = '<p>dans le cadre</p>';
    document.body.prepend('avant');
    document.body.append('après');
    const text = readText(document, { ...everything, url: new URL('https://a.example/'), legal: false });
    document.body.replaceChildren();
    expect(linesOf(text)).toEqual(['avant', 'dans le cadre', 'après']);
  });
});

test('[F1] what people write in without it being a form control is read as its verdict lets it', () => {
  const page = parsePage(`<main>${paragraphs(3)}<div contenteditable>Note de service</div>
    <div role="textbox" contenteditable aria-label="Mot de passe">s3cret</div>
    <div contenteditable>1 85 05 78 006 084 91</div></main>`);
  const text = JSON.stringify(readText(page, { ...everything, url: new URL('https://site.example/'), legal: false }));
  expect(text).toContain('Note de service');
  expect(text).not.toMatch(/s3cret|006 084/);
});
