import { describe, expect, test } from 'vitest';
import { inertHtml, SNAPSHOT_POLICY } from './inertHtml.ts';

/** What the frame would hold, templates included. */
function held(html: string): Document {
  return new DOMParser().parseFromString(inertHtml(html), 'text/html');
}

test('[C37] a copy keeps the layout mode of its page, and takes back what extension pages are given', () => {
  const older =
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">';
  expect(inertHtml(`${older}<p>x</p>`)).toMatch(/^<!DOCTYPE html PUBLIC "-\/\/W3C\/\/DTD XHTML 1\.0 Transitional/);
  expect(inertHtml('<!doctype html><p>x</p>')).toMatch(/^<!doctype html><meta/);
  expect(inertHtml('<p>x</p>')).toMatch(/^<meta/);
  const forged = '<!DOCTYPE html PUBLIC "-//X//&quot;><script>alert(1)</script>" "x">';
  expect(inertHtml(`${forged}<p>x</p>`)).not.toContain('script');
  expect(inertHtml('<p>x</p>')).toContain('<style>body{font-size:revert-layer;font-family:revert-layer}</style>');
});

test('a link that a component shows looks as the component says', () => {
  const shown = inertHtml(
    '<!doctype html><x-a><template shadowrootmode="open"><style>::slotted(a){color:red}</style><slot></slot></template><a data-href="https://a.example/">a</a></x-a><a data-href="https://b.example/">b</a>',
  );
  const page = new DOMParser().parseFromString(shown, 'text/html');
  const [inside, outside] = page.querySelectorAll('a');
  expect([inside?.hasAttribute('data-liasse-slotted'), outside?.hasAttribute('data-liasse-slotted')]).toEqual([
    true,
    false,
  ]);
  expect(page.querySelector('template')?.innerHTML).toMatch(/^<style>@layer liasse\{.*::slotted\(\[data-href\]\)/);
});

describe('a snapshot made inert', () => {
  test('[C18] the policy comes before anything of the page, and lets nothing in from outside', () => {
    expect(SNAPSHOT_POLICY).toMatch(/^default-src 'none';/);
    expect(SNAPSHOT_POLICY).not.toMatch(/https?:|\*|'self'|script-src|frame-src|connect-src/);
    expect(inertHtml('<html lang="fr"><head><title>x</title></head><body>y</body></html>')).toMatch(
      /^<meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
    );
    const page = held('<!doctype html><html lang="fr"><head><title>x</title></head><body>y</body></html>');
    expect(page.documentElement.lang).toBe('fr');
    expect(page.compatMode).toBe('CSS1Compat');
    const first = page.head.firstElementChild;
    expect(first?.getAttribute('content')).toBe(SNAPSHOT_POLICY);
    expect(held('<p>no doctype').compatMode).toBe('BackCompat');
  });

  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<img src="data:image/png;base64,AA" onerror="alert(1)">'],
    ['a script in a drawing', '<svg><script href="data:text/javascript,alert(1)"></script></svg>'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example/">'],
    ['a base', '<base href="https://evil.example/" target="_top">'],
    ['a name looked up', '<link rel="dns-prefetch" href="//evil.example">'],
    ['a connection opened', '<body><link rel="preconnect" href="https://evil.example">'],
    ['a style sheet', '<link rel="stylesheet" href="https://evil.example/a.css">'],
    ['an image', '<img src="https://evil.example/a.png" srcset="https://evil.example/b.png 2x">'],
    ['a relative image', '<img src="/a.png">'],
    ['a frame', '<iframe src="https://evil.example/"></iframe>'],
    ['a page inside', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
    ['an object', '<object data="https://evil.example/x.swf"></object><embed src="https://evil.example/y">'],
    ['a form', '<form action="https://evil.example/"><button formaction="https://evil.example/">Send</button></form>'],
    ['a drawing’s link set later', '<svg><a><set attributeName="href" to="https://evil.example/"/></a></svg>'],
    ['a template’s content', '<template shadowrootmode="open"><img src="https://evil.example/"></template>'],
    ['a template in a template', '<template><template><script>alert(1)</script></template></template>'],
    ['a name that hides the document’s own', '<img name="alert(" id="x"><form name="alert("></form>'],
    ['a second candidate', '<img srcset="blob:1 1x, https://evil.example/b.png 2x">'],
    [
      'a page in a page in a page',
      '<iframe srcdoc="<iframe srcdoc=\'<link rel=preconnect href=//evil.example>\'>"></iframe>',
    ],
    [
      'a style sheet that ends its element in a frame',
      '<iframe srcdoc="<svg><style><link rel=prefetch href=//evil.example></style>"></iframe>',
    ],
    ['a script where scripting is off', '<noscript><img src="https://evil.example/"></noscript>'],
    ['a script link', '<a href="java&#10;script:alert(1)">x</a>'],
    ['a script link that claims to be ours', '<a data-href="javascript:alert(1)">x</a>'],
    ['a poster', '<video poster="https://evil.example/p.png"></video>'],
    ['a ground', '<table background="https://evil.example/b.png"><tr><td background="//evil.example/c.png">x</table>'],
    ['who is told of a click', '<a href="https://a.example/" ping="https://evil.example/">x</a>'],
    ['a manifest', '<html manifest="https://evil.example/m"><p>x</p></html>'],
  ])('[C18] %s is gone', (_what, html) => {
    const out = inertHtml(html).replaceAll(/<meta http-equiv="Content-Security-Policy"[^>]*>/g, '');
    expect(out).not.toMatch(/evil\.example|alert\(|<script|javascript:|onerror|<link|<base|<meta/i);
  });

  test.each(
    'autofocus accesskey target download popovertarget command commandfor formaction formtarget nonce allow csp'.split(
      ' ',
    ),
  )('[C18] %s, which acts by itself, is on nothing', (name) => {
    const page = held(`<button ${name}="x" data-kept="1">b</button><template><a ${name}="x">c</a></template>`);
    expect(page.querySelector('button')?.getAttributeNames()).toEqual(['data-kept']);
    expect(page.querySelector('template')?.content.querySelector('a')?.getAttributeNames()).toEqual([]);
  });

  test('[C18] a built-in element with a name of its own is shown: browsers write that name again, and nothing here answers to it', () => {
    expect(held('<button is="x-button">Envoyer</button>').querySelector('button')?.textContent).toBe('Envoyer');
  });

  test.each([
    ['a link', '<a href="https://a.example/x?y=1" target="_top" ping="https://b.example">x</a>', 'a'],
    ['an area', '<map><area href="https://a.example/x?y=1"></map>', 'area'],
    ['a drawing’s link', '<svg><a xlink:href="https://a.example/x?y=1"><text>x</text></a></svg>', 'a'],
    ['a formula’s link', '<math href="https://a.example/x?y=1"><mi>x</mi></math>', 'math'],
  ])('[C18] %s is kept as an address to open', (_what, html, name) => {
    const element = held(html).querySelector(name);
    expect(element?.getAttribute('data-href')).toBe('https://a.example/x?y=1');
    expect(element?.getAttributeNames()).toEqual(['data-href']);
  });

  test('what the page carries in itself stays', () => {
    const page = held(
      `<style>p { color: red }</style><p style="margin: 0">x</p><img src="data:image/png;base64,AA" alt="x">
       <svg><use href="#part"/><image href="data:image/png;base64,AA"/></svg><a href="#note">1</a>
       <span><template shadowrootmode="open"><b>in the shadow</b></template></span>`,
    );
    expect([...page.querySelectorAll('style')].at(-1)?.textContent).toContain('red');
    expect(page.querySelector('p')?.getAttribute('style')).toBe('margin: 0');
    expect(page.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,AA');
    expect(page.querySelector('use')?.getAttribute('href')).toBe('#part');
    expect(page.querySelector('image')?.getAttribute('href')).toMatch(/^data:/);
    expect(page.querySelector('a')?.getAttribute('data-href')).toBe('#note');
    expect(page.querySelector('template')?.innerHTML).toBe('<b>in the shadow</b>');
    expect(page.querySelector('template')?.getAttribute('shadowrootmode')).toBe('open');
  });
});

/** Markup that reads differently once it was written out again: each is clean the first time. */
const READ_TWICE = [
  '<svg></p><style><a id="</style><link rel=prefetch href=//evil.example>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;link rel=prefetch href=//evil.example&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><link rel=prefetch href=//evil.example>',
  '<svg><desc><noembed><style></noembed><link rel=prefetch href=//evil.example>',
  '<noscript><p title="</noscript><link rel=prefetch href=//evil.example>"></noscript>',
  '<xmp><p title="</xmp><link rel=prefetch href=//evil.example>">',
  '<template><svg><style>&lt;link rel=prefetch href=//evil.example&gt;</style></svg></template>',
];

describe('what is shown is judged again', () => {
  test.each(READ_TWICE)('[C18] %s', (html) => {
    const page = held(html);
    const roots: ParentNode[] = [page, ...[...page.querySelectorAll('template')].map(({ content }) => content)];
    for (const root of roots) {
      expect(root.querySelectorAll('link, script, base, object, embed')).toHaveLength(0);
      for (const element of root.querySelectorAll('*')) {
        expect(element.getAttributeNames().filter((name) => name.startsWith('on'))).toEqual([]);
      }
    }
  });
});

describe('frames of a snapshot', () => {
  test('[C18] a framed document has the policy and the sandbox of the page', () => {
    const frame = held(
      '<iframe srcdoc="<script>1</script><p>dedans</p>" src="https://evil.example/"></iframe>',
    ).querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).toBe('allow-same-origin');
    expect(frame?.hasAttribute('src')).toBe(false);
    expect(frame?.srcdoc).toContain(SNAPSHOT_POLICY);
    expect(frame?.srcdoc).toContain('<p>dedans</p>');
    expect(frame?.srcdoc).not.toContain('script');
  });

  test('[C18] no address of its own is left to a frame, whatever the scheme', () => {
    const frames = ['blob:https://liasse.example/1', 'data:image/svg+xml,<svg/>', '#a'].map(
      (address) => `<iframe src="${address}"></iframe>`,
    );
    const page = held(frames.join(''));
    expect(page.querySelectorAll('iframe')).toHaveLength(3);
    expect(page.querySelectorAll('iframe[src]')).toHaveLength(0);
  });

  test('[C12] one that could not be read names its site', () => {
    const frame = held('<iframe width="300" data-liasse-missing="carte.example"></iframe>').querySelector('iframe');
    expect(frame?.srcdoc).toContain('carte.example');
    expect(frame?.getAttribute('width')).toBe('300');
  });

  test('[C18] hundreds of frames are too many', () => {
    const many = '<iframe srcdoc="<p>x</p>"></iframe>'.repeat(300);
    const full = held(many).querySelectorAll('iframe[srcdoc*="<p>"]');
    expect(full.length).toBeLessThanOrEqual(200);
    expect(full.length).toBeGreaterThan(100);
  });
});

describe('stand-ins', () => {
  test('[C19] a missing image has the size of the real one and names its site', () => {
    const image = held('<img src="liasse-resource:3" data-liasse-missing="640x480 cdn.example">').querySelector('img');
    const drawing = decodeURIComponent(image?.getAttribute('src') ?? '');
    expect(drawing).toContain('width="640" height="480"');
    expect(drawing).toContain('cdn.example');
  });

  test('[C18] what stands in the stand-in is text of a site and nothing else', () => {
    const image = held('<img src="liasse-resource:3" data-liasse-missing="640x480 <script>alert(1)</script>">');
    expect(decodeURIComponent(image.querySelector('img')?.getAttribute('src') ?? '')).not.toContain('<script');
  });
});

describe('drawings that refer to themselves', () => {
  const laughs = (levels: number, each: number) =>
    `<svg><g id="a0"><rect/></g>${Array.from({ length: levels }, (_, level) => `<g id="a${level + 1}">${`<use href="#a${level}"/>`.repeat(each)}</g>`).join('')}</svg>`;

  test('[C23] ten levels of ten references are cut', () => {
    const page = held(laughs(10, 10));
    expect(page.querySelectorAll('#a1 use')).toHaveLength(10);
    expect(page.querySelectorAll('#a10 use')).toHaveLength(0);
  });

  test('[C23] one that holds itself is cut', () => {
    expect(held('<svg><g id="a"><use href="#a"/></g></svg>').querySelectorAll('use')).toHaveLength(0);
  });

  test('[C23] the icons of an ordinary page stay', () => {
    const page = held(
      `<svg><symbol id="i"><path d="M0 0"/></symbol></svg>${'<svg><use href="#i"/></svg>'.repeat(500)}`,
    );
    expect(page.querySelectorAll('use')).toHaveLength(500);
  });
});
