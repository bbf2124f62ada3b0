import { describe, expect, test } from 'vitest';
import { inertHtml, SNAPSHOT_POLICY } from './inertHtml.ts';

/** What the frame would hold, templates included. */
function held(html: string): Document {
  return new DOMParser().parseFromString(inertHtml(html), 'text/html');
}

describe('a snapshot made inert', () => {
  test('the policy comes before anything of the page', () => {
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
    ['a script where scripting is off', '<noscript><img src="https://evil.example/"></noscript>'],
    ['a script link', '<a href="java&#10;script:alert(1)">x</a>'],
    ['a script link that claims to be ours', '<a data-href="javascript:alert(1)">x</a>'],
  ])('%s is gone', (_what, html) => {
    const out = inertHtml(html).replace(/^(?:<!doctype html>)?<meta[^>]*>/, '');
    expect(out).not.toMatch(/evil\.example|alert\(|<script|javascript:|onerror|srcdoc|<link|<base|<meta/i);
  });

  test.each([
    ['a link', '<a href="https://a.example/x?y=1" target="_top" ping="https://b.example">x</a>', 'a'],
    ['an area', '<map><area href="https://a.example/x?y=1"></map>', 'area'],
    ['a drawing’s link', '<svg><a xlink:href="https://a.example/x?y=1"><text>x</text></a></svg>', 'a'],
    ['a formula’s link', '<math href="https://a.example/x?y=1"><mi>x</mi></math>', 'math'],
  ])('%s is kept as an address to open', (_what, html, name) => {
    const element = held(html).querySelector(name);
    expect(element?.getAttribute('data-href')).toBe('https://a.example/x?y=1');
    expect(element?.getAttributeNames()).toEqual(['data-href']);
  });

  test('what the page carries in itself stays', () => {
    const page = held(
      `<style>p { color: red }</style><p style="margin: 0">x</p><img src="data:image/png;base64,AA" alt="x">
       <svg><use href="#part"/><image href="data:image/png;base64,AA"/></svg><a href="#note">1</a>
       <template shadowrootmode="open"><b>in the shadow</b></template>`,
    );
    expect(page.querySelectorAll('style')[1]?.textContent).toContain('red');
    expect(page.querySelector('p')?.getAttribute('style')).toBe('margin: 0');
    expect(page.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,AA');
    expect(page.querySelector('use')?.getAttribute('href')).toBe('#part');
    expect(page.querySelector('image')?.getAttribute('href')).toMatch(/^data:/);
    expect(page.querySelector('a')?.getAttribute('data-href')).toBe('#note');
    expect(page.querySelector('template')?.innerHTML).toBe('<b>in the shadow</b>');
  });
});
