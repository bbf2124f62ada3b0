import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CaptureLimits } from './limits.ts';

let now = 0;
let tops: number[] = [];
let told = (_top: number) => {};
/** The page's window, as far as it is looked at: jsdom scrolls nothing. */
const view = { innerHeight: 500, scrollX: 0, scrollY: 700, scrollTo: ({ top }: { top: number }) => told(top) };
const clock = {
  now: () => now,
  waitMs: async (ms: number) => {
    now += ms;
  },
};

/** A page of so many screens. */
function laidOut(html: string, screens: number): Document {
  document.body.innerHTML = html;
  vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(screens * view.innerHeight);
  return document;
}

async function scrolled(page: Document, signal = new AbortController().signal): Promise<void> {
  const { scrollThrough } = await import('./scroll.ts');
  await scrollThrough(page, { clock, signal });
}

beforeEach(() => {
  now = 0;
  tops = [];
  told = (top) => tops.push(top);
  vi.resetModules();
  vi.doMock('./dom.ts', async (real) => ({ ...(await real<typeof import('./dom.ts')>()), windowOf: () => view }));
});
afterEach(() => {
  vi.doUnmock('./dom.ts');
  vi.resetModules();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

test('[C8][C25] a page that holds something back is shown to its end, screen by screen, and put back', async () => {
  await scrolled(laidOut('<div data-bg="a.png"></div>', 4));
  expect(tops).toEqual([0, 500, 1000, 1500, 700]);
});

test('[C25] one without end is scrolled through within a time, and put back', async () => {
  await scrolled(laidOut('<div data-bg="a.png"></div>', 100_000));
  expect(now).toBeLessThanOrEqual(CaptureLimits.scrollMs + 40);
  expect(tops.length).toBeGreaterThan(10);
  expect(tops.at(-1)).toBe(700);
});

test('[C25] one whose capture is stopped is put back', async () => {
  const stop = new AbortController();
  told = (top) => {
    tops.push(top);
    stop.abort();
  };
  await scrolled(laidOut('<div data-bg="a.png"></div>', 4), stop.signal);
  expect(tops).toEqual([0, 700]);
});

test.each([
  ['waits for nothing', '<p data-title="a">x</p>', 4],
  ['fits the screen', '<div data-bg="a.png"></div>', 1],
])('[C25] one that %s is left where it is', async (_what, html, screens) => {
  await scrolled(laidOut(html, screens));
  expect(tops).toEqual([]);
});
