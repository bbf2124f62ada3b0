import { describe, expect, test } from 'vitest';
import { fixture, parsePage, parseTrap } from '../testing.ts';
import { livePage, longPage, snapshotOf } from './testing.ts';

describe('a hostile page', () => {
  test('[C1] leaves nothing that runs, loads, submits or navigates', async () => {
    const { html, copy } = await snapshotOf(fixture('hostile'));
    expect(html).not.toMatch(/javascript:/i);
    const names = new Set([...copy.querySelectorAll('*')].map((element) => element.localName));
    for (const name of 'script object embed base noscript xmp animate set'.split(' '))
      expect(names).not.toContain(name);
    for (const element of copy.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^(?:action|xlink:href|srcdoc)$/);
        if (name === 'href') expect(value).toMatch(/^#/);
        if (/^(?:src|srcset|background|poster)$/.test(name)) expect(value).toMatch(/^liasse-resource:\d+$/);
        if (name !== 'data-href') expect(value).not.toContain('evil.example/');
      }
    }
    for (const style of copy.querySelectorAll('style')) expect(style.textContent).not.toContain('evil.example');
    expect(copy.body.textContent).toContain('Texte honnête.');
  });

  test('[C10] keeps what fields hold to itself: hidden, password, typed', async () => {
    const { html, copy } = await snapshotOf(fixture('hostile'));
    expect(html).not.toContain('SECRET');
    expect(copy.querySelectorAll('input[type=hidden]')).toHaveLength(0);
    expect(copy.querySelector('input[type=password]')?.getAttribute('value')).toBeNull();
    expect(copy.querySelector('input[type=submit]')?.getAttribute('value')).toBe('Envoyer');
  });

  test('[C1] a copy that is opened by itself has its policy before anything of the page', async () => {
    const { copy } = await snapshotOf('<title>x</title><link rel="stylesheet" href="a.css"><p>y</p>');
    const [, policy] = copy.head.children;
    expect(policy?.getAttribute('http-equiv')).toBe('Content-Security-Policy');
    expect(policy?.getAttribute('content')).toMatch(/^default-src 'none';/);
  });

  test.each(
    'action formaction href src srcset srcdoc ping target poster background data-href data-liasse-missing style nonce'.split(
      ' ',
    ),
  )('[C1] no style sheet gets %s out by looking at it', async (name) => {
    const { copy } = await snapshotOf(
      livePage(
        `<style>[${name}]{color:red}[data-seen]{color:red}</style><p ${name}="//evil.example/" data-seen="1">x</p>`,
      ),
    );
    const names = copy
      .querySelector('p')
      ?.getAttributeNames()
      .filter((given) => given !== 'style');
    expect(names).toEqual(['data-seen']);
  });

  test('[C1] a drawing refers to what it carries and to nothing else', async () => {
    const away = 'https://evil.example/x/a';
    const { copy } = await snapshotOf(
      `<svg><image href="${away}.png"/><textPath href="${away}.svg#p">x</textPath><linearGradient xlink:href="${away}.svg#g"/><pattern href="#p"/></svg>`,
    );
    const hrefs = [...copy.querySelectorAll('svg *')].map((element) => element.getAttribute('href'));
    expect(hrefs).toEqual([expect.stringMatching(/^liasse-resource:\d+$/), null, null, '#p']);
  });

  test('[C1] a link keeps where it leads only when the app may open it', async () => {
    const { copy } = await snapshotOf(fixture('hostile'));
    expect([...copy.querySelectorAll('a')].map((a) => a.getAttribute('data-href'))).toEqual([
      null,
      null,
      null,
      'https://evil.example/page',
      null,
    ]);
  });

  test('[C17] what its fields are named does not hide its content', async () => {
    const { copy } = await snapshotOf(
      parseTrap(
        '<form id="f"><p>dedans</p><input name="firstChild"><input name="nextSibling"><input name="attributes"></form><img name="body">',
      ),
    );
    expect(copy.querySelector('#f > p')?.textContent).toBe('dedans');
    expect(copy.querySelectorAll('#f > input')).toHaveLength(3);
  });

  test('[C17] its copy ends when the time is over, and what is left out is counted', async () => {
    let passed = 0;
    const clock = { now: () => (passed += 2_000), waitMs: async () => {} };
    const { copy, missing } = await snapshotOf('<p>début</p>'.repeat(5_000), { clock });
    expect(copy.querySelector('p')?.textContent).toBe('début');
    expect(copy.querySelectorAll('p').length).toBeLessThan(2_000);
    expect(missing).toContainEqual({ kind: 'text', origin: null, count: 1 });
  });

  test('[C1] markup that reads differently the second time stays text', async () => {
    const page = parsePage('<p></p>');
    const paragraph = page.querySelector('p') as Element;
    paragraph.setAttribute('title', '"><script>steal()</script>');
    paragraph.append('<img src=x onerror=steal()>');
    const { copy } = await snapshotOf(page);
    expect(copy.querySelectorAll('script, img')).toHaveLength(0);
    expect(copy.querySelector('p')?.textContent).toBe('<img src=x onerror=steal()>');
    expect(copy.querySelector('p')?.getAttribute('title')).toBe('"><script>steal()</script>');
  });

  test('[C3] what it writes is never the name of a resource', async () => {
    const name = `sha256:${'a'.repeat(64)}`;
    const { html, copy } = await snapshotOf(
      `<title>${name}</title><style>p::before{content:"${name} liasse-resource:1"}</style><p title="liasse-resource:1" style="--x:'${name}'">${name}</p><a href="https://a.example/${name}">x</a>`,
    );
    expect(html).not.toMatch(/sha256:[0-9a-f]|liasse-resource:\d/);
    expect(copy.querySelector('p')?.textContent).toBe(name);
    expect(copy.querySelector('a')?.getAttribute('data-href')).toBe(`https://a.example/${name}`);
  });

  test('[C16] past a document’s limit its end goes, and is counted', async () => {
    const { html, missing } = await snapshotOf(longPage());
    expect(html).toContain('début');
    expect(html.length).toBeLessThan(21_000_000);
    expect(missing).toContainEqual({ kind: 'text', origin: null, count: 1 });
  });

  test('[C16] so it does where a page is made of markup', async () => {
    const page = parsePage('<p>début</p>');
    for (let count = 0; count < 5_000; count++) {
      const element = page.createElement('p');
      element.title = 'x'.repeat(5_000);
      page.body.append(element);
    }
    const { html, missing } = await snapshotOf(page);
    expect(html.length).toBeGreaterThan(19_000_000);
    expect(html.length).toBeLessThan(23_000_000);
    expect(missing).toContainEqual({ kind: 'text', origin: null, count: 1 });
  });
});
