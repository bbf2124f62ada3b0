import { CaptureDraft, TextBlocks, TextLimits } from '@liasse/core';
import { describe, expect, test } from 'vitest';
import { readBlocks } from './blocks.ts';
import { readContent } from './content.ts';
import { readFacts } from './facts.ts';
import { CaptureLimits } from './limits.ts';
import { corpus, fixture, parsePage } from './testing.ts';

const everything = () => true;
const take = (document: Document, base = 'https://site.example/page') =>
  readContent(document, {
    take: 'page',
    base,
    isShown: everything,
    read: async () => null,
    signal: new AbortController().signal,
    report: () => {},
  });

describe('readable text', () => {
  test('headings, lists as they are numbered, indents made of tables, rows', async () => {
    const { blocks } = readBlocks(fixture('eurlex'), everything);
    expect(blocks).toEqual([
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

  test('quotes and preformatted text', async () => {
    const { blocks } = readBlocks(fixture('circulaire'), everything);
    expect(blocks.slice(-2)).toEqual([
      { kind: 'quote', text: 'La liasse fait foi.' },
      { kind: 'preformatted', text: 'annexe 1\n  ligne 2' },
    ]);
  });

  test('what a page does not show is not read', () => {
    const page = parsePage('<p>vu</p><p class="off">caché</p><p hidden>caché</p><p aria-hidden="true">caché</p>');
    const { blocks } = readBlocks(page, (element) => element.getAttribute('class') !== 'off');
    expect(blocks).toEqual([{ kind: 'paragraph', text: 'vu' }]);
  });

  test('past the limits blocks are dropped and counted, and the rest stays', async () => {
    const page = parsePage(`<main>${'<p>a</p>'.repeat(CaptureLimits.blocks + 3)}</main>`);
    const content = await take(page);
    expect(content.text).toHaveLength(CaptureLimits.blocks);
    expect(content.missing).toContainEqual({ kind: 'text', origin: null, count: 3 });
  });

  test('the limits of a capture stand within those of a piece', () => {
    expect(CaptureLimits.blocks).toBeLessThanOrEqual(TextLimits.blocks);
    expect(CaptureLimits.blockCharacters).toBeLessThanOrEqual(TextLimits.blockCharacters);
    expect(CaptureLimits.textCharacters).toBeLessThanOrEqual(TextLimits.characters);
  });
});

describe('a page nested thousands deep (20,000 in Chromium: clip.spec.ts)', () => {
  test('is read without a stack, and its copy is flat enough for a parser', async () => {
    const page = parsePage('<main></main>');
    let inner: Element = page.querySelector('main') as Element;
    for (let depth = 0; depth < 5_000; depth++) {
      const next = page.createElement(depth % 2 === 0 ? 'div' : 'span');
      inner.append(next);
      inner = next;
    }
    inner.append('au fond');
    const { text, snapshot } = await take(page);
    expect(text).toEqual([{ kind: 'paragraph', text: 'au fond' }]);
    expect(snapshot?.html).toContain('au fond');
    expect(snapshot?.html.length).toBeLessThan(20_000);
  });
});

describe('pages that nobody here wrote', () => {
  const pages = [...corpus('articles'), ...corpus('eu-law')];

  test.each(pages)('$name is taken whole, and its draft is one', async ({ html }) => {
    const page = parsePage(html);
    const facts = readFacts(page, new URL('https://site.example/page'));
    const { text, snapshot, missing } = await take(page);
    expect(TextBlocks.safeParse(text).error).toBeUndefined();
    const draft = CaptureDraft.safeParse({
      title: 'titre',
      url: 'https://site.example/page',
      site: 'site.example',
      language: facts.language,
      capturedAt: 1,
      legal: facts.legal,
      text,
      missing,
    });
    expect(draft.error).toBeUndefined();
    const copy = parsePage(snapshot?.html ?? '');
    expect(copy.querySelectorAll('script, iframe, object, embed, base, link, form').length).toBe(0);
    expect(activeAttributes(copy)).toEqual([]);
  });

  test('and nobody left out the corpora in silence', () => {
    expect(pages.length === 0 || pages.length >= 60).toBe(true);
  });
});

/** Attributes that run, load or lead somewhere. */
function activeAttributes(copy: Document): readonly string[] {
  return [...copy.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes]
      .filter(
        ({ name, value }) =>
          /^(?:on.*|srcset|action|formaction|background|xlink:href)$/.test(name) ||
          (/^(?:src|href)$/.test(name) && !/^(?:data:image\/|#)/.test(value)),
      )
      .map(({ name, value }) => `${element.localName} ${name}=${value.slice(0, 80)}`),
  );
}
