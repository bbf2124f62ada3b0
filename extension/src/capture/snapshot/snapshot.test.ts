import { describe, expect, test, vi } from 'vitest';
import { fixture, parsePage } from '../testing.ts';
import { large, livePage, png, snapshotOf } from './testing.ts';

describe('what could not be kept', () => {
  test('[C13] other documents inside are counted, and leave a box that names their site', async () => {
    const { copy, missing } = await snapshotOf(fixture('hostile'));
    expect(missing).toContainEqual({ kind: 'media', origin: 'https://evil.example', count: 2 });
    expect([...copy.querySelectorAll('.liasse-missing')].map((box) => box.textContent)).toEqual([
      'evil.example',
      'evil.example',
    ]);
  });

  test('[C13][C14] an image that is missing counts as often as it is shown, and is listed once', async () => {
    const { copy, html, missing, unreached } = await snapshotOf(
      '<img src="a.png" alt="A"><img src="b.png"><img src="b.png"><img src="c.png">',
      { read: (url) => (url.endsWith('/a.png') ? png : null) },
    );
    expect(copy.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,iVBORw==');
    expect(missing).toEqual([{ kind: 'image', origin: 'https://evil.example', count: 3 }]);
    expect(unreached.map(({ url, kind, origin }) => [url, kind, origin])).toEqual([
      ['https://evil.example/x/b.png', 'image', 'https://evil.example'],
      ['https://evil.example/x/c.png', 'image', 'https://evil.example'],
    ]);
    for (const { token, url } of unreached) {
      expect(html).toContain(`src="${token}"`);
      expect(html).not.toContain(url);
    }
  });

  test('[C36] of the titled style sheets one set is copied: the first, or what took its place', async () => {
    const page =
      '<style>p{color:red}</style><style title="A">p{top:1px}</style><style title="B">p{top:2px}</style><p>x</p>';
    const { html } = await snapshotOf(livePage(page));
    expect(html).toContain('color: red');
    expect(html).toContain('top: 1px');
    expect(html).not.toContain('top: 2px');
    const other = livePage(page);
    for (const sheet of other.styleSheets) if (sheet.title === 'A') sheet.disabled = true;
    expect((await snapshotOf(other)).html).toContain('top: 2px');
  });

  test('[C6] older anchors keep what they are called, for style sheets and fragments, and no `name`', async () => {
    const { html, copy } = await snapshotOf(
      livePage('<style>a[name]{top:-3px}a[name="b"]{left:1px}</style><a name="b">x</a><input name="b">'),
    );
    expect(html).toContain('a[data-liasse-name]');
    expect(copy.querySelector('a')?.getAttribute('data-liasse-name')).toBe('b');
    expect(copy.querySelectorAll('[name]')).toHaveLength(0);
    expect(copy.querySelector('input')?.hasAttribute('data-liasse-name')).toBe(false);
  });

  test('[C14] a drawing that cannot be read keeps its place, where no script gives a canvas its size', async () => {
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(() => {
      throw new DOMException('drawn on by another site', 'SecurityError');
    });
    const { html, missing } = await snapshotOf('<canvas width="320" height="140">Courbe des crues</canvas>');
    vi.restoreAllMocks();
    expect(missing).toEqual([{ kind: 'canvas', origin: null, count: 1 }]);
    expect(html).toMatch(/<canvas [^>]*style="--liasse-width:320;--liasse-height:140"/);
    expect(html).toMatch(/@layer liasse\{.*canvas\{display:inline-block;width:calc\(var\(--liasse-width\)/);
  });

  test('[C14] a style sheet that cannot be read keeps its place', async () => {
    const { html, unreached } = await snapshotOf('<link rel="stylesheet" href="a.css" media="print"><p>x</p>');
    expect(unreached).toMatchObject([{ url: 'https://evil.example/x/a.css', kind: 'style' }]);
    expect(html).toContain(`<link rel="stylesheet" href="${unreached[0]?.token}" media="print">`);
  });

  test('[C1] what calls itself an image and is none stays out', async () => {
    const { resources, missing } = await snapshotOf('<img src="a.png">', { read: () => large('text/html') });
    expect(resources).toEqual([]);
    expect(missing).toHaveLength(1);
  });

  test('[C24] the file of a drawing is stored without what would run when it is opened alone', async () => {
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><path d="${'M0 0'.repeat(500)}"/></svg>`;
    const { resources } = await snapshotOf('<img src="a.svg">', {
      read: () => new Blob([drawing], { type: 'image/svg+xml' }),
    });
    const stored = (await resources[0]?.bytes.text()) ?? '';
    expect(stored).toContain('<path d="M0 0');
    expect(stored).not.toMatch(/alert|script/);
  });

  test('[C16] an image that breaks while it is read is missing, and the capture goes on', async () => {
    const { copy, missing } = await snapshotOf('<p>x</p><img src="a.png">', {
      read: () => {
        throw new Error('a server that breaks off');
      },
    });
    expect(copy.querySelector('p')?.textContent).toBe('x');
    expect(missing).toEqual([{ kind: 'image', origin: 'https://evil.example', count: 1 }]);
  });

  test('[C16] past the soft limit fonts go first, however large the images are', async () => {
    const { resources, missing } = await snapshotOf(
      livePage('<style>@font-face{font-family:f;src:url(f.woff2)}</style><img src="a.png">'),
      {
        read: (url) =>
          new Blob([url.endsWith('f.woff2') ? 'wOF2' : '', new Uint8Array(url.endsWith('f.woff2') ? 9e6 : 19e6)], {
            type: 'image/png',
          }),
      },
    );
    expect(resources.map(({ type }) => type)).toEqual(['image/png']);
    expect(missing).toEqual([{ kind: 'font', origin: 'https://evil.example', count: 1 }]);
  });

  test('[C16] past the soft limit the largest images go', async () => {
    const size: Record<string, number> = { a: 12e6, b: 11e6, c: 10e6 };
    const { resources, missing } = await snapshotOf('<img src="a"><img src="b"><img src="c">', {
      read: (url) => new Blob([new Uint8Array(size[url.at(-1) as string] ?? 0)], { type: 'image/png' }),
    });
    expect(resources.map(({ bytes }) => bytes.size)).toEqual([11e6, 10e6]);
    expect(missing).toEqual([{ kind: 'image', origin: 'https://evil.example', count: 1 }]);
  });
});

describe('resources', () => {
  test('[C2] come leaves first, once each, and small ones stand in the page', async () => {
    const css = `p{background:url(bg.png)}${'p{color:red}'.repeat(200)}`;
    const { html, resources } = await snapshotOf(
      livePage(`<style>${css}</style><p>x</p><img src="bg.png"><img src="a.png">`),
      {
        read: (url) => (url.endsWith('/a.png') ? png : large('image/png')),
      },
    );
    expect(resources.map(({ type }) => type)).toEqual(['image/png', 'text/css']);
    expect(await resources[1]?.bytes.text()).toContain(`url("${resources[0]?.token}")`);
    expect(html).toContain(`<link rel="stylesheet" href="${resources[1]?.token}">`);
    expect(html).toContain('src="data:image/png;base64,iVBORw=="');
  });

  test('[C4] twice the same page is twice the same bytes; a changed paragraph changes no resource', async () => {
    const page = (words: string) =>
      `<style>${'p{color:red}'.repeat(200)}</style><p>${words}</p><img src="a.png"><img src="b.png">`;
    const take = async (words: string) => {
      const { html, resources } = await snapshotOf(livePage(page(words)), {
        read: (url) => (url.endsWith('/a.png') ? large('image/png') : null),
      });
      return { html, texts: await Promise.all(resources.map(({ bytes }) => bytes.text())) };
    };
    const [first, second, changed] = [await take('un'), await take('un'), await take('deux')];
    expect(second).toEqual(first);
    expect(changed.texts).toEqual(first.texts);
    expect(changed.html).not.toBe(first.html);
  });

  test('[C8] lazy images are fetched, and candidates keep their density', async () => {
    const asked: string[] = [];
    await snapshotOf(
      '<img data-src="lazy.png" src="data:image/gif;base64,R0lGOD"><img loading="lazy" src="later.png"><img data-title="not an address" src="now.png">',
      {
        read: (url) => {
          asked.push(url.slice(url.lastIndexOf('/') + 1));
          return null;
        },
      },
    );
    expect(asked).toEqual(['lazy.png', 'later.png', 'now.png']);
  });

  test('[C22] a drawing keeps the parts that it uses from another file, and what these use', async () => {
    const sprite =
      '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a"><rect fill="url(#g)" onclick="steal()"/></symbol><linearGradient id="g"/><symbol id="b"/></svg>';
    const { copy } = await snapshotOf('<svg><use href="icons.svg#a"/></svg>', {
      read: () => new Blob([sprite], { type: 'image/svg+xml' }),
    });
    const id = copy.querySelector('use')?.getAttribute('href')?.slice(1) ?? '';
    expect(copy.getElementById(id)?.localName).toBe('symbol');
    expect(copy.getElementById(id)?.querySelector('rect')?.getAttributeNames()).toEqual(['fill']);
    expect(copy.getElementById('g')).not.toBeNull();
    expect(copy.getElementById('b')).toBeNull();
  });
});

describe('the page as it is', () => {
  test('[C5] an open shadow tree is a declarative one, with its styles and its slots', async () => {
    const page = parsePage('<style>p{color:red}</style><x-card><span slot="title">clair</span></x-card>');
    const root = page.querySelector('x-card')?.attachShadow({ mode: 'open' }) as ShadowRoot;
    root.innerHTML = '<style>b{color:red}</style><b>ombre</b><slot name="title"></slot><script>steal()</script>';
    const { copy } = await snapshotOf(page);
    const template = copy.querySelector<HTMLTemplateElement>('x-card > template[shadowrootmode=open]');
    expect(template?.content.querySelector('b')?.textContent).toBe('ombre');
    expect(template?.content.querySelector('slot')?.getAttribute('name')).toBe('title');
    expect(template?.innerHTML).not.toContain('steal');
    expect(copy.querySelector('x-card > span')?.getAttribute('slot')).toBe('title');
  });

  test('[C10][C11] fields hold what their rule lets out, and never what no rule lets out', async () => {
    const page = parsePage(
      '<input id="keep"><input id="mask"><input id="drop"><input id="pass" type="password"><textarea id="area"></textarea><input type="checkbox" id="box"><select><option>a<option id="b">b</select><input type="hidden" value="SECRET">',
    );
    for (const id of ['keep', 'mask', 'drop', 'pass', 'area'])
      (page.getElementById(id) as HTMLInputElement).value = `SECRET-${id}`;
    (page.getElementById('box') as HTMLInputElement).checked = true;
    (page.getElementById('b') as HTMLOptionElement).selected = true;
    const rules: Record<string, 'mask' | 'drop'> = { mask: 'mask', drop: 'drop' };
    const { html, copy } = await snapshotOf(page, { fieldOf: (field) => rules[field.id] ?? 'keep' });
    expect(html.match(/SECRET[-\w]*/g)).toEqual(['SECRET-keep', 'SECRET-area']);
    expect(copy.getElementById('mask')?.getAttribute('value')).toBe('••••••••');
    expect(copy.querySelector('#box')?.hasAttribute('checked')).toBe(true);
    expect(copy.querySelector('#b')?.hasAttribute('selected')).toBe(true);
  });

  test('[C10] a text area starts as it was typed, its first line’s end included', async () => {
    const page = parsePage('<textarea></textarea>');
    (page.querySelector('textarea') as HTMLTextAreaElement).value = '\n</textarea><b>x';
    const { copy } = await snapshotOf(page, { fieldOf: () => 'keep' });
    expect(copy.querySelector('textarea')?.value).toBe('\n</textarea><b>x');
    expect(copy.querySelector('b')).toBeNull();
  });

  test('[C6] attributes go out when style sheets look at them, but never those that hold or lead', async () => {
    const { copy } = await snapshotOf(
      livePage(
        '<style>[data-state=on]{color:red}p::after{content:attr(data-label)}[value]{color:red}[onclick]{color:red}</style><p data-state="on" data-label="A" data-secret="x" onclick="steal()">x</p><input value="SECRET">',
      ),
    );
    expect(copy.querySelector('p')?.getAttributeNames()).toEqual(['data-state', 'data-label']);
    expect(copy.querySelector('input')?.getAttributeNames()).toEqual([]);
  });

  test('[C6] what is left out of the body still counts as a child', async () => {
    const { copy } = await snapshotOf('<div><script>steal()</script><p id="p">x</p></div>');
    expect(copy.querySelector('#p:nth-child(2)')).not.toBeNull();
  });

  test('[C22] formulas and custom elements keep their names', async () => {
    const { copy } = await snapshotOf(
      '<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math><my-el>x</my-el><svg viewBox="0 0 1 1"><linearGradient/></svg>',
    );
    expect(copy.querySelector('math mfrac mi')?.textContent).toBe('a');
    expect(copy.querySelector('my-el')?.textContent).toBe('x');
    expect(copy.querySelector('svg')?.getAttribute('viewBox')).toBe('0 0 1 1');
    expect(copy.querySelector('linearGradient')).not.toBeNull();
  });
});
