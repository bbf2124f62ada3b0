import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeShotSide } from './shotSide.ts';

const PAGE = `<input id="name" value="Durand"><input id="password" type="password" value="secret" style="color: red;">
  <input id="iban" value="FR76 3000 6000 0112 3456 7890 189">
  <div id="bar" style="position: fixed;">Bandeau</div><div id="sticky" style="position: sticky; top: 0px;">Titre</div>`;

beforeEach(() => {
  document.body.innerHTML = PAGE;
  vi.stubGlobal('scrollTo', ({ top }: { top: number }) => vi.stubGlobal('scrollY', top));
  vi.stubGlobal('scrollY', 40);
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  while (document.documentElement.lastElementChild !== document.body)
    document.documentElement.lastElementChild?.remove();
});

const byId = (id: string) => document.getElementById(id) as HTMLElement;
const isSeen = (id: string) => getComputedStyle(byId(id)).opacity !== '0';
const seen = () => ['name', 'password', 'iban', 'bar'].filter(isSeen);

function side() {
  const abandoned: { readonly ms: number; readonly run: () => void; isCancelled: boolean }[] = [];
  const clock = {
    drawn: async () => {},
    after: (ms: number, run: () => void) => {
      const timer = { ms, run, isCancelled: false };
      abandoned.push(timer);
      return () => {
        timer.isCancelled = true;
      };
    },
  };
  const waiting = () => abandoned.filter(({ isCancelled }) => !isCancelled);
  return { ...makeShotSide(document, { shadowOf: () => null }, clock), waiting };
}

test('[Z2] what may not be kept is invisible and painted over; one that shows again is told after the image', async () => {
  const { prepare, holds } = side();
  await prepare(null, 'first');
  expect(seen()).toEqual(['name', 'bar']);
  expect(document.documentElement.lastElementChild?.tagName).toBe('DIV');
  expect(holds()).toBe(true);
  byId('iban').style.removeProperty('opacity');
  expect(holds()).toBe(false);
});

test('[Z2] a field that came while the image was taken, and a page that scrolled on, are told after it', async () => {
  const { prepare, holds } = side();
  await prepare(600, 'first');
  document.body.insertAdjacentHTML('beforeend', '<input type="password">');
  expect(holds()).toBe(false);
  await prepare(600, 'further');
  expect(holds()).toBe(true);
  vi.stubGlobal('scrollY', 650);
  expect(holds()).toBe(false);
});

test('[Z3] the page is put back as it was: its fields, its bars, its place, and nothing of ours', async () => {
  const before = document.documentElement.outerHTML;
  const { prepare, leave } = side();
  await prepare(0, 'first');
  await prepare(600, 'further');
  expect(window.scrollY).toBe(600);
  leave();
  expect(window.scrollY).toBe(40);
  expect(document.documentElement.outerHTML).toBe(before);
});

test('[Z3] it is put back by itself, once nobody has asked anything of it for a while', async () => {
  const { prepare, holds, waiting } = side();
  await prepare(null, 'first');
  holds();
  const [last, ...others] = waiting();
  expect(others).toEqual([]);
  expect(last?.ms).toBeLessThanOrEqual(10_000);
  last?.run();
  expect(seen()).toEqual(['name', 'password', 'iban', 'bar']);
});

test('[Z6] what stays in place is in the first image only', async () => {
  const { prepare } = side();
  await prepare(0, 'first');
  expect([isSeen('bar'), byId('sticky').style.position]).toEqual([true, 'sticky']);
  await prepare(600, 'further');
  expect([isSeen('bar'), byId('sticky').style.position]).toEqual([false, 'relative']);
});
