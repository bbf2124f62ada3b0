import { describe, expect, test } from 'vitest';
import { MissingCount } from '../missing.ts';
import { fixture, parsePage } from '../testing.ts';
import { inertCss } from './css.ts';
import { takeSnapshot } from './index.ts';

const base = 'https://evil.example/x/';
const png = new Blob([new Uint8Array([137, 80, 78, 71])], { type: 'image/png' });

async function snapshotOf(document: Document, read = async (_url: string): Promise<Blob | null> => null) {
  const missing = new MissingCount();
  const html = await takeSnapshot(document, { base, read, signal: new AbortController().signal, missing });
  return { html, copy: parsePage(html), missing: missing.list() };
}

describe('a hostile page', () => {
  test('leaves nothing that runs, loads, submits or navigates', async () => {
    const { html, copy } = await snapshotOf(fixture('hostile'));
    expect(html).not.toContain('steal');
    expect(html).not.toMatch(/javascript:/i);
    const names = new Set([...copy.querySelectorAll('*')].map((element) => element.localName));
    for (const name of 'script iframe object embed base link template noscript form xmp foreignobject animate'.split(
      ' ',
    )) {
      expect(names).not.toContain(name);
    }
    for (const element of copy.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^(?:src|srcset|href|action|background|xlink:href)$/);
        if (name !== 'data-href') expect(value).not.toContain('evil.example/');
      }
    }
    for (const style of copy.querySelectorAll('style')) expect(style.textContent).not.toContain('evil.example');
    expect(copy.body.textContent).toContain('Texte honnête.');
  });

  test('keeps what fields hold to itself: hidden, password, typed', async () => {
    const { html, copy } = await snapshotOf(fixture('hostile'));
    expect(html).not.toContain('SECRET');
    expect(copy.querySelectorAll('input[type=hidden]')).toHaveLength(0);
    expect(copy.querySelector('input[type=password]')?.getAttribute('value')).toBeNull();
    expect(copy.querySelector('input[type=submit]')?.getAttribute('value')).toBe('Envoyer');
  });

  test('a link keeps where it leads only when the app may open it', async () => {
    const { copy } = await snapshotOf(fixture('hostile'));
    expect([...copy.querySelectorAll('a')].map((a) => a.getAttribute('data-href'))).toEqual([
      null,
      null,
      null,
      'https://evil.example/page',
    ]);
  });

  test('what its fields are named does not hide its content', async () => {
    const page = parsePage(
      '<form id="f"><input name="firstChild"><input name="attributes"><p>dedans</p></form><img name="body">',
    );
    const { copy } = await snapshotOf(page);
    expect(copy.body.textContent).toContain('dedans');
  });

  test('markup that reads differently the second time stays text', async () => {
    const page = parsePage('<p></p>');
    const paragraph = page.querySelector('p') as Element;
    paragraph.setAttribute('title', '"><script>steal()</script>');
    paragraph.append('<img src=x onerror=steal()>');
    const { copy } = await snapshotOf(page);
    expect(copy.querySelectorAll('script, img')).toHaveLength(0);
    expect(copy.querySelector('p')?.textContent).toBe('<img src=x onerror=steal()>');
    expect(copy.querySelector('p')?.getAttribute('title')).toBe('"><script>steal()</script>');
  });
});

describe('what could not be kept', () => {
  test('is counted by kind and origin, and leaves a box that names its site', async () => {
    const { copy, missing } = await snapshotOf(fixture('hostile'));
    expect(missing).toContainEqual({ kind: 'frame', origin: 'https://evil.example', count: 1 });
    expect(missing).toContainEqual({ kind: 'media', origin: 'https://evil.example', count: 2 });
    expect([...copy.querySelectorAll('.liasse-missing')].map((box) => box.textContent)).toContain('evil.example');
  });

  test('an image that can be read is inside; a second showing of a missing one counts', async () => {
    const page = parsePage('<img src="a.png" alt="A"><img src="b.png"><img src="b.png"><img src="c.png">');
    const { copy, missing } = await snapshotOf(page, async (url) => (url.endsWith('/a.png') ? png : null));
    expect(copy.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,iVBORw==');
    expect(missing).toEqual([{ kind: 'image', origin: 'https://evil.example', count: 3 }]);
  });

  test('what calls itself an image and is none stays out', async () => {
    const page = parsePage('<img src="a.png">');
    const { copy } = await snapshotOf(page, async () => new Blob(['<script>'], { type: 'text/html' }));
    expect(copy.querySelectorAll('img')).toHaveLength(0);
  });

  test('an open shadow root is counted', async () => {
    const page = parsePage('<div id="host">clair</div>');
    page.querySelector('#host')?.attachShadow({ mode: 'open' }).append('ombre');
    const { missing } = await snapshotOf(page);
    expect(missing).toEqual([{ kind: 'shadow', origin: null, count: 1 }]);
  });
});

describe('CSS', () => {
  test.each([
    ['a{background:url(https://e.example/x)}', 'a{background:url("data:,")}'],
    ['a{background:url( "//e.example/x" )}', 'a{background:url("data:,")}'],
    ['a{--x:u\\72 l(https://e.example/x)}', 'a{--x:url("data:,")}'],
    ['a{--x:\\75\\72\\6c("https://e.example")}', 'a{--x:url("data:,")}'],
    ['a{background:image-set("x.png" 1x)}', 'a{background:image-set("data:," 1x)}'],
    ['a{--s:"https://e.example/x"}', 'a{--s:"data:,"}'],
    ['@import url(https://e.example);b{c:d}', 'b{c:d}'],
    ['@im\\70ort "https://e.example;x";b{c:d}', 'b{c:d}'],
    ['a{fill:url(#g)}', 'a{fill:url("#g")}'],
    ['a{background:url(data:image/png;base64,AA==)}', 'a{background:url("data:image/png;base64,AA==")}'],
    ['a{background:url(data:text/html,x)}', 'a{background:url("data:,")}'],
    ['a{content:"</style><script>"}', 'a{content:"\\3c /style>\\3c script>"}'],
    ['a/*</style>*/b{}', 'a b{}'],
    ['a{b:url(https://e.example', 'a{b:url("data:,")'],
    ['a{b:"https://e.example', 'a{b:"data:,"'],
    ['a{b:c\\', 'a{b:c'],
  ])('%s', (source, inert) => {
    expect(inertCss(source).css).toBe(inert);
  });

  test('addresses of fonts are counted apart', () => {
    expect(inertCss('@font-face{src:url(a.woff2)}a{background:url(b.png)}')).toMatchObject({ fonts: 1, others: 1 });
  });
});
