import { CaptureDraft, TextBlocks, TextLimits } from '@liasse/core';
import { describe, expect, test } from 'vitest';
import { type ContentOptions, readContent } from './content.ts';
import { readFacts } from './facts.ts';
import { CaptureLimits } from './limits.ts';
import { corpus, parsePage } from './testing.ts';

/** A clock on which waiting takes no time, and time passes all the same. */
function fastClock() {
  let now = 0;
  return {
    now: () => now,
    waitMs: async (ms: number) => {
      now += ms;
    },
  };
}

const SITE = { base: 'https://site.example/page' };
const everything = () => true;
const take = (document: Document, { base, shadowOf }: { base: string; shadowOf?: ContentOptions['shadowOf'] } = SITE) =>
  readContent(document, {
    take: 'page',
    url: new URL(base),
    base,
    isShown: everything,
    shadowOf,
    read: async () => null,
    signal: new AbortController().signal,
    report: () => {},
    clock: fastClock(),
  });

describe('readable text', () => {
  test('[L4] what a closed shadow tree shows is in it, where the browser lets an extension in', async () => {
    const page = parsePage('<main><p>avant</p><x-card></x-card></main>');
    const closed = (page.querySelector('x-card') as Element).attachShadow({ mode: 'closed' });
    closed.innerHTML = '<p>fermé</p>';
    const { text } = await take(page, {
      ...SITE,
      shadowOf: (element) => (element.localName === 'x-card' ? closed : null),
    });
    expect(text.map((block) => block.kind === 'paragraph' && block.text)).toEqual(['avant', 'fermé']);
  });

  test('the limits of a capture stand within those of a piece', () => {
    expect(CaptureLimits.blocks).toBeLessThanOrEqual(TextLimits.blocks);
    expect(CaptureLimits.blockCharacters).toBeLessThanOrEqual(TextLimits.blockCharacters);
    expect(CaptureLimits.textCharacters).toBeLessThanOrEqual(TextLimits.characters);
  });
});

describe('a page nested deep (20,000 levels in Chromium: clip.spec.ts)', () => {
  test('is read to its bottom, and its copy is flat enough for a parser', async () => {
    const page = parsePage('<main></main>');
    let inner: Element = page.querySelector('main') as Element;
    for (let depth = 0; depth < 600; depth++) {
      const next = page.createElement(depth % 2 === 0 ? 'div' : 'span');
      inner.append(next);
      inner = next;
    }
    inner.append('au fond');
    const { text, snapshot } = await take(page);
    expect(text).toEqual([{ kind: 'paragraph', text: 'au fond' }]);
    expect(snapshot?.html).toContain('au fond');
    // Parsers nest no deeper.
    expect(snapshot?.html.match(/<(?:div|span)\b/g)?.length).toBeLessThan(512);
  });
});

describe('pages that nobody here wrote', () => {
  // The short ones: jsdom is slow. All of them are taken in a real browser by `pnpm bench capture`.
  const isShort = ({ html }: { readonly html: string }) => html.length < 10_000;
  const pages = [...corpus('articles'), ...corpus('eu-law')].filter(isShort);

  test.each(pages)('$name is taken whole, and its draft is one', async ({ html }) => {
    const page = parsePage(html);
    const facts = readFacts(page, new URL('https://site.example/page'));
    const { text, coverage, snapshot, missing } = await take(page);
    expect(TextBlocks.safeParse(text).error).toBeUndefined();
    const draft = CaptureDraft.safeParse({
      title: 'titre',
      url: 'https://site.example/page',
      site: 'site.example',
      language: facts.language,
      capturedAt: 1,
      legal: facts.legal,
      text,
      coverage,
      missing,
    });
    expect(draft.error).toBeUndefined();
    const copy = parsePage(snapshot?.html ?? '');
    expect(
      copy.querySelectorAll('script, object, embed, base, link:not([rel=stylesheet][href^="liasse-resource:"])').length,
    ).toBe(0);
    expect(activeAttributes(copy)).toEqual([]);
  });

  test('and nobody left out the corpora in silence', () => {
    expect(pages.length === 0 || pages.length >= 20).toBe(true);
  });
});

/** Attributes that run, load or lead somewhere. */
function activeAttributes(copy: Document): readonly string[] {
  return [...copy.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes]
      .filter(
        ({ name, value }) =>
          /^(?:on.*|action|formaction|xlink:href)$/.test(name) ||
          (/^(?:src|srcset|href|background|poster)$/.test(name) &&
            !/^(?:data:image\/|#|liasse-resource:\d+$)/.test(value)),
      )
      .map(({ name, value }) => `${element.localName} ${name}=${value.slice(0, 80)}`),
  );
}
