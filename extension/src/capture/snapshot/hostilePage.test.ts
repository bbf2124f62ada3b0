import { describe, expect, test } from 'vitest';
import { fixture, parsePage } from '../testing.ts';
import { longPage, snapshotOf } from './testing.ts';

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
      '<form id="f"><input name="firstChild"><input name="attributes"><p>dedans</p></form><img name="body">',
    );
    expect(copy.body.textContent).toContain('dedans');
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
});
