import { describe, expect, test } from 'vitest';
import { parsePage } from '../testing.ts';
import { readBlocks } from './blocks.ts';
import { gateOf } from './coverage.ts';
import { flatten } from './flatten.ts';
import { provisionsOf } from './provisions.ts';
import { type LookedAt, scopeOf } from './scope.ts';
import { prose } from './testing.ts';
import { weigh } from './weights.ts';

function lookAt(html: string, legal = false): LookedAt {
  const flat = flatten(parsePage(html), { isShown: () => true });
  return { ...flat, provisions: provisionsOf(flat.body), legal, weightOf: weigh(flat.body) };
}

const paragraphs = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => `<p>${prose(from + n)}</p>`).join('');
const articles = Array.from({ length: 4 }, (_, n) => `<h2>Article ${n + 1}</h2><p>${prose(n)}</p>`).join('');
const beside = `<div class="bloc">${paragraphs(4, 20)}</div>`;

describe('[L2] where a page’s text is', () => {
  test.each<[string, string, boolean]>([
    ['in its main', `${beside}<main id="x">${paragraphs(3)}</main>`, false],
    [
      'not in a main by name only, but in its one article',
      `<main>Plan</main><div>${paragraphs(2, 20)}</div><article id="x">${paragraphs(3)}</article>`,
      false,
    ],
    [
      'of a legal text, in the smallest container of its provisions',
      `<nav>Accueil</nav><article>${paragraphs(9, 20)}</article><div id="x">${articles}</div>`,
      true,
    ],
    [
      'in the smallest part with most of its sentences',
      `<div>${paragraphs(2, 20)}</div><div><div id="x">${paragraphs(6)}</div></div>`,
      false,
    ],
  ])('%s', (_what, html, legal) => {
    expect(scopeOf(lookAt(html, legal)).id).toBe('x');
  });

  test('everywhere, where nothing says it', () => {
    const page = lookAt(`<div>${paragraphs(3)}</div><div>${paragraphs(3, 3)}</div>`);
    expect(scopeOf(page)).toBe(page.body);
  });
});

describe('[L2] what counts there', () => {
  const links = Array.from({ length: 30 }, (_, n) => `<li><a href="/r${n}">Rubrique ${n}</a></li>`).join('');
  const text = readBlocks(parsePage(paragraphs(3)).body);
  const shareWith = (around: string, legal = false) =>
    gateOf(lookAt(`<main>${paragraphs(3)}${around}</main>`, legal)).shareOf(text);

  test.each([
    ['a menu', `<nav>${prose(9)}</nav>`],
    ['a list of links', `<ul>${links}</ul>`],
    ['comments', `<div class="comments"><p>${prose(9)}</p></div>`],
    ['a side bar of links', `<div id="sidebar"><p>${prose(9)} <a href="/r">${prose(9)}</a></p></div>`],
    ['a newsletter', `<section class="newsletter"><p>${prose(9)}</p></section>`],
  ])('is not %s', (_what, around) => expect(shareWith(around)).toBe(1));

  test('is what is called a side bar and is text: names lie', () => {
    expect(shareWith(`<div id="sidebar"><p>${prose(9)}</p></div>`)).toBeLessThan(0.8);
  });

  test('is not a byline: a few words are no loss, but of a legal text', () => {
    const byline = '<p>Publié le 3 mai par le service</p>';
    expect(shareWith(byline)).toBe(1);
    expect(shareWith(byline, true)).toBeLessThan(0.99);
  });

  test('is any other sentence', () => expect(shareWith(`<p>${prose(9)}</p>`)).toBeLessThan(0.8));

  test('is, in a legal text, a list of links too: the acts it is based on', () => {
    expect(shareWith(`<ul>${links}</ul>`, true)).toBeLessThan(0.98);
  });
});
