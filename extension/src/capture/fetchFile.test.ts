// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import { fetchFile } from './fetchFile.ts';

const page = new URL('https://site.example/dossier/page.html');
const PDF = { type: 'application/pdf', reading: 'whole', pages: 1, pixels: null, blocks: [] };

afterEach(() => void vi.unstubAllGlobals());

/** A page whose site answers as the test says, and a reader that finds a PDF in whatever comes. */
function from(answer: Response | Error, found: object = PDF) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    asked.push({ url: url.href, init });
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const options = { signal: new AbortController().signal, report: () => {} };
  const read = fetchFile(page, (async () => ({ ...found, title: null, language: null, html: null })) as never);
  return { asked, take: (link: string | null) => read({ take: 'file', link }, options) };
}

test.each([
  ['the file in the tab', null, page.href, 'same-origin'],
  ['a link of the same site', '/a/Arr%C3%AAt%C3%A9.pdf', 'https://site.example/a/Arr%C3%AAt%C3%A9.pdf', 'same-origin'],
  ['a link to another site', 'https://autre.example/a.pdf', 'https://autre.example/a.pdf', 'omit'],
])(
  '[P39] %s is fetched from inside the page, with the cookies of its own site alone',
  async (_what, link, url, credentials) => {
    const { asked, take } = from(new Response('%PDF-1.7'));
    const { original } = await take(link);
    expect(asked).toEqual([{ url, init: expect.objectContaining({ credentials, referrerPolicy: 'no-referrer' }) }]);
    expect(original).toMatchObject({ type: 'application/pdf', reading: 'whole' });
    expect(await original?.bytes.text()).toBe('%PDF-1.7');
  },
);

test('[P39] a file bears the last part of its address, as people read it', async () => {
  const { original } = await from(new Response('%PDF-1.7')).take('/a/Arr%C3%AAt%C3%A9.pdf?v=2');
  expect(original?.name).toBe('Arrêté.pdf');
});

test.each<[string, string, Response | Error, object?]>([
  ['is not there', '/a.pdf', new Response('', { status: 404 })],
  ['cannot be reached', '/a.pdf', new TypeError('Failed to fetch')],
  ['is empty', '/a.pdf', new Response('')],
  ['says that it is too large', '/a.pdf', new Response('x', { headers: { 'content-length': '104857601' } })],
  ['is a page', '/a', new Response('<html>'), { ...PDF, type: 'text/html' }],
  ['has an address that is no file’s', 'data:application/pdf,x', new Response('x')],
])('[P39] of one that %s nothing is taken, so that its address is kept', async (_what, link, answer, found) => {
  expect(await from(answer, found).take(link)).toMatchObject({ original: null, snapshot: null, text: [] });
});
