import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** What a bench waits for in this page, by name: ms since the epoch. */
    benchMoments?: Record<string, Promise<number>>;
  }
}

/** What is looked for: each of `texts` in some element that the selector finds, the others' carets left out. */
export interface Sight {
  readonly selector: string;
  readonly texts: readonly string[];
}

/** Waits for something that has been watched for, and says when it happened (ms since the epoch). */
export type Moment = () => Promise<number>;

const PATIENCE_MS = 60_000;

/** From now on, waits for the frame after the one in which something is on screen. Measured in the page, by its clock. */
export async function watch(page: Page, sight: Sight): Promise<Moment> {
  const name = `sight ${Math.random()}`;
  await page.evaluate(
    ({ name, selector, texts }) => {
      const read = (element: Element): string => {
        if (element.querySelector('.text-caret') === null) return element.textContent ?? '';
        const copy = element.cloneNode(true) as Element;
        for (const caret of copy.querySelectorAll('.text-caret')) caret.remove();
        return copy.textContent ?? '';
      };
      const isThere = (): boolean => {
        const found = [...document.querySelectorAll(selector)].map(read);
        return texts.every((text) => found.some((each) => each.includes(text)));
      };
      window.benchMoments ??= {};
      window.benchMoments[name] = new Promise((resolve) => {
        const observer = new MutationObserver(() => look());
        const look = () => {
          if (!isThere()) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
        };
        observer.observe(document, { subtree: true, childList: true, characterData: true });
        look();
      });
    },
    { name, ...sight },
  );
  return () => momentOf(page, name, async () => `${sight.selector} with ${await missing(page, sight)}`);
}

/** Waits for the next press of a key, as the page receives it. */
export async function watchKey(page: Page, key: string): Promise<Moment> {
  const name = `key ${Math.random()}`;
  await page.evaluate(
    ({ name, key }) => {
      window.benchMoments ??= {};
      window.benchMoments[name] = new Promise((resolve) => {
        const onKey = (event: KeyboardEvent) => {
          if (event.key !== key) return;
          removeEventListener('keydown', onKey, true);
          resolve(performance.timeOrigin + event.timeStamp);
        };
        addEventListener('keydown', onKey, true);
      });
    },
    { name, key },
  );
  return () => momentOf(page, name, async () => `a press of ${key}`);
}

/** Between two moments, maybe of two browsers: they are on one machine, and read one clock. */
export async function msBetween(from: Moment, to: Moment): Promise<number> {
  const [start, end] = await Promise.all([from(), to()]);
  return end - start;
}

export const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

/** Which texts are nowhere on the page, and what its bar says meanwhile. */
async function missing(page: Page, { selector, texts }: Sight): Promise<string> {
  const shown = (await page.locator(selector).allTextContents()).join(' ');
  const absent = texts.filter((text) => !shown.includes(text));
  const bar = (await page.locator('header').allTextContents()).join(' ');
  return `${absent.join(' | ') || 'nothing missing now'} (${texts.length} looked for; the bar: ${bar})`;
}

async function momentOf(page: Page, name: string, describe: () => Promise<string>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'too late'>((resolve) => {
    timer = setTimeout(() => resolve('too late'), PATIENCE_MS);
  });
  try {
    const moment = await Promise.race([page.evaluate((name) => window.benchMoments?.[name], name), tooLate]);
    if (typeof moment === 'number') return moment;
    throw new Error(
      `${moment === undefined ? 'the page was left' : `waited ${PATIENCE_MS} ms in vain`}: ${await describe()}`,
    );
  } finally {
    clearTimeout(timer);
  }
}
