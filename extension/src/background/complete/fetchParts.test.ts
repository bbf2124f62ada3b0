// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { Unreached } from '../../capture/pageContent.ts';
import { isPrivateHost, mayFetch } from './address.ts';
import { PartFetcher } from './fetchParts.ts';
import { stillMissing } from './unreachedStore.ts';

const page = 'https://site.example/page';
const cdn = 'https://cdn.example';
const png = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10]);
const entry = (kind: Unreached['kind'], url: string): Unreached => ({
  token: 'liasse-resource:1',
  url,
  kind,
  origin: new URL(url).origin,
  uses: 1,
});
const answer = (type: string, body: BodyInit) => new Response(body, { headers: { 'content-type': type } });

/** Fetches from sites that answer as given. */
async function fetched(answers: Readonly<Record<string, () => Response>>, ...wanted: Unreached[]) {
  const asked: [string, RequestInit][] = [];
  const fetcher = new PartFetcher({
    mayFetch: (url) => mayFetch(url, page) && new URL(url).origin === cdn,
    fetch: async (url, options) => {
      asked.push([url, options]);
      const found = answers[url];
      if (found === undefined) throw new TypeError('no answer');
      return found();
    },
  });
  const found = await fetcher.all(wanted);
  return { asked, found: wanted.map((one) => found.get(one)) };
}

describe('addresses', () => {
  test.each([
    'http://localhost/a',
    'http://a.localhost/a',
    'http://127.0.0.1/a',
    'http://0x7f.1/a',
    'http://2130706433/a',
    'http://10.1.2.3/a',
    'http://172.31.0.1/a',
    'http://192.168.1.1/a',
    'http://169.254.169.254/latest',
    'http://100.64.0.1/a',
    'http://0.0.0.0/a',
    'http://[::1]/a',
    'http://[::ffff:10.0.0.1]/a',
    'http://[fd00::1]/a',
    'http://[fe80::1]/a',
    'http://[fc00::1]/a',
    'http://[ff02::1]/a',
    'http://[64:ff9b::a00:1]/a',
    'http://[2002:a00:1::]/a',
    'http://239.255.255.250/a',
    'http://255.255.255.255/a',
    'http://box.home.arpa/a',
    'http://wiki.internal/a',
    'http://wiki.corp/a',
    'http://nas.lan/a',
    'http://printer.local/a',
    'http://intranet/a',
    'http://intranet./a',
    'http://agent:secret@cdn.example/a',
    'ftp://cdn.example/a',
    'javascript:alert(1)',
  ])('[C32] %s is not asked for by a page of the Internet', (url) => expect(mayFetch(url, page)).toBe(false));

  test('[C32] a page that was on a private host may have what is on that very host, and on no other', () => {
    expect(mayFetch('http://127.0.0.1:8081/a.png', 'http://127.0.0.1:8080/')).toBe(true);
    expect(mayFetch('http://127.0.0.2/a.png', 'http://127.0.0.1:8080/')).toBe(false);
    expect(mayFetch('http://intranet/a.png', 'http://intranet/page')).toBe(true);
    expect(isPrivateHost('172.32.0.1') || isPrivateHost('11.0.0.1') || isPrivateHost('www.example.fr')).toBe(false);
  });
});

describe('what is fetched', () => {
  test('[C31][C32] without credentials, without a referrer, and nowhere on', async () => {
    const { asked } = await fetched(
      { [`${cdn}/a.png`]: () => answer('image/png', png) },
      entry('image', `${cdn}/a.png`),
    );
    expect(asked).toMatchObject([
      [`${cdn}/a.png`, { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' }],
    ]);
  });

  test('[C33] is judged by its bytes: an image, a drawing written anew, a font, and nothing that calls itself one', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script/><rect/></svg>';
    const { found } = await fetched(
      {
        [`${cdn}/a.png`]: () => answer('image/png', png),
        [`${cdn}/a.svg`]: () => answer('image/svg+xml', drawing),
        [`${cdn}/page`]: () => answer('text/html', '<script>alert(1)</script>'),
        [`${cdn}/a.woff2`]: () => answer('font/woff2', 'no font at all'),
        [`${cdn}/a.css`]: () => answer('text/html', 'p { color: red }'),
        [`${cdn}/gone.png`]: () => new Response('', { status: 404 }),
        [`${cdn}/busy.png`]: () => new Response('', { status: 503 }),
      },
      entry('image', `${cdn}/a.png`),
      entry('image', `${cdn}/a.svg`),
      entry('image', `${cdn}/page`),
      entry('font', `${cdn}/a.woff2`),
      entry('style', `${cdn}/a.css`),
      entry('image', `${cdn}/gone.png`),
      entry('image', `${cdn}/busy.png`),
      entry('image', `${cdn}/silent.png`),
    );
    const kinds = ['file', 'file', 'none', 'none', 'none', 'none', 'away', 'away'];
    expect(found.map((part) => part?.kind)).toEqual(kinds);
    const [, svg] = found;
    expect(svg?.kind === 'file' && (await svg.file.text())).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg"><rect></rect></svg>',
    );
  });

  test('[C33] all that is fetched for a piece together is no more than a capture keeps', async () => {
    const big = () => answer('image/png', new Uint8Array(14 * 1024 * 1024));
    const { found } = await fetched(
      { [`${cdn}/a.png`]: big, [`${cdn}/b.png`]: big },
      entry('image', `${cdn}/a.png`),
      entry('image', `${cdn}/b.png`),
    );
    expect(found.map((part) => part?.kind).toSorted()).toEqual(['file', 'none']);
  });

  test('[C33] a server that never ends is left in the middle', async () => {
    let sent = 0;
    const endless = () =>
      new ReadableStream({
        pull: (controller) => {
          sent += 1;
          controller.enqueue(new Uint8Array(1024 * 1024));
        },
      });
    const { found } = await fetched(
      { [`${cdn}/a.png`]: () => answer('image/png', endless()) },
      entry('image', `${cdn}/a.png`),
    );
    expect(found).toEqual([{ kind: 'none' }]);
    expect(sent).toBeLessThan(30);
  });

  test('[C33] a style sheet brings what it loads from where one may ask, once each, and counts the rest', async () => {
    const css = `@import "b.css"; a:link { background: url(a.png) } b { background: url(a.png) } i { background: url(https://evil.example/x.png) }
      u { background: url(http://10.0.0.1/reboot) } @font-face { font-family: f; src: url(f.woff2) }`;
    const { asked, found } = await fetched(
      {
        [`${cdn}/s/a.css`]: () => answer('text/css', css),
        [`${cdn}/s/a.png`]: () => answer('image/png', png),
        [`${cdn}/s/f.woff2`]: () => answer('font/woff2', 'wOF2....'),
      },
      entry('style', `${cdn}/s/a.css`),
    );
    expect(asked.map(([url]) => url)).toEqual([`${cdn}/s/a.css`, `${cdn}/s/a.png`, `${cdn}/s/f.woff2`]);
    const [sheet] = found;
    if (sheet?.kind !== 'style') throw new Error('no sheet');
    expect([...sheet.files.values()].map(({ type }) => type)).toEqual(['image/png', 'image/png', 'font/woff2']);
    expect(sheet.missing).toEqual([
      { kind: 'image', origin: 'https://evil.example', count: 1 },
      { kind: 'image', origin: 'http://10.0.0.1', count: 1 },
    ]);
    expect(sheet.css.filter((part) => typeof part === 'string').join('')).toContain('[data-href]');
  });
});

test('[C34] what is still missing is what was, without what was found, and with what that lacks', () => {
  const missing = [
    { kind: 'image' as const, origin: cdn, count: 3 },
    { kind: 'style' as const, origin: cdn, count: 1 },
    { kind: 'canvas' as const, origin: null, count: 2 },
  ];
  const found = [
    { kind: 'image' as const, origin: cdn, uses: 2 },
    { kind: 'style' as const, origin: cdn, uses: 1 },
  ];
  expect(stillMissing(missing, found, [{ kind: 'image', origin: cdn, count: 4 }])).toEqual([
    { kind: 'image', origin: cdn, count: 5 },
    { kind: 'canvas', origin: null, count: 2 },
  ]);
});
