import { createHash } from 'node:crypto';
import { type BlobHash, resourceName } from '@liasse/core';
import { describe, expect, test } from 'vitest';
import { inertHtml } from './inertHtml.ts';
import { loadSnapshot } from './loadSnapshot.ts';

const hashOf = (content: string) => createHash('sha256').update(content).digest('hex') as BlobHash;

/** Blobs in memory, and what was made of them. */
function shelf(...contents: string[]) {
  const blobs = new Map(contents.map((content) => [hashOf(content), new Blob([content])]));
  const shown = new Map<string, Blob>();
  const ports = {
    read: async (hash: BlobHash) => blobs.get(hash) ?? null,
    addressOf: (blob: Blob) => {
      const address = `blob:${shown.size + 1}`;
      shown.set(address, blob);
      return address;
    },
    letGo: (address: string) => shown.delete(address),
  };
  const load = (html: string) =>
    loadSnapshot(html, ports, { signal: new AbortController().signal, onProgress: () => {} });
  return { load, shown };
}

const name = (content: string) => resourceName(hashOf(content));

describe('a snapshot with its resources', () => {
  const sheet = `p{background:url("${name('image')}")}`;
  const frame = `<link rel="stylesheet" href="${name(sheet)}"><img src="${name('image')}">`;
  const page = `<iframe src="${name(frame)}"></iframe><link rel="stylesheet" href="${name(sheet)}"><img src="${name('image')}">`;

  test('[C19] each is read once and stands wherever it is named, in framed documents and style sheets too', async () => {
    const { load, shown } = shelf('image', sheet, frame);
    const { html, away } = await load(page);
    expect(html).toBe(
      '<iframe srcdoc="<style>p{background:url(&quot;blob:1&quot;)}</style><img src=&quot;blob:1&quot;>"></iframe><style>p{background:url("blob:1")}</style><img src="blob:1">',
    );
    expect(away).toBe(0);
    expect(shown.size).toBe(1);
  });

  test('[C19] what is away is counted, and its place is marked', async () => {
    const { load } = shelf(sheet, frame);
    const { html, away } = await load(page);
    expect(away).toBe(1);
    const copy = new DOMParser().parseFromString(inertHtml(html), 'text/html');
    expect(copy.querySelector('img')?.getAttribute('src')).toMatch(/^data:image\/svg\+xml,/);
    expect(inertHtml(html)).not.toMatch(/sha256:/);
  });

  test('[C19] closing lets go of everything', async () => {
    const { load, shown } = shelf('image', sheet, frame);
    const { release } = await load(page);
    release();
    expect(shown.size).toBe(0);
  });

  test('[C19] a drawing whose type was lost on the way is one again', async () => {
    const { load, shown } = shelf('<svg xmlns="http://www.w3.org/2000/svg"/>');
    await load(`<img src="${name('<svg xmlns="http://www.w3.org/2000/svg"/>')}">`);
    expect(shown.get('blob:1')?.type).toBe('image/svg+xml');
  });

  test('[C18] frames that hold each other many times over stay small', async () => {
    let inner = `<p>${'x'.repeat(10_000)}</p>`;
    const levels = [inner];
    for (let level = 0; level < 8; level++) {
      inner = `<iframe src="${name(inner)}"></iframe>`.repeat(20);
      levels.push(inner);
    }
    const { html } = await shelf(...levels).load(inner);
    expect(html.length).toBeLessThan(30_000_000);
  });

  test('[C20] a snapshot of the first format is shown as it is', async () => {
    const html = '<style>p{color:red}</style><img src="data:image/png;base64,AA"><p>x</p>';
    expect(await shelf().load(html)).toMatchObject({ html, away: 0 });
    const shown = new DOMParser().parseFromString(inertHtml(html), 'text/html');
    expect(shown.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,AA');
    expect([...shown.querySelectorAll('style')].at(-1)?.textContent).toBe('p{color:red}');
    expect(shown.querySelector('p')?.textContent).toBe('x');
  });
});
