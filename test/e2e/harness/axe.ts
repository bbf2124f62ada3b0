import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** What is held against a screen. */
interface Look {
  /** The rules to hold. All others rest. */
  readonly rules: { readonly tags: readonly string[]; readonly but?: readonly string[] } | { readonly only: string[] };
}

/** Our own screens alone: a snapshot is a page of others, and what react-aria says aloud may name a button that is gone. */
const NOT_OURS = [['iframe'], ['[data-live-announcer]']];

/**
 * What axe has against what is on screen, one line each.
 *
 * axe is loaded once per document: it is half a megabyte, and a walk looks at one document some thirty times.
 */
async function findings(page: Page, { rules }: Look): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    runOnly: 'only' in rules ? { type: 'rule', values: rules.only } : { type: 'tag', values: [...rules.tags] },
    rules: Object.fromEntries(('only' in rules ? [] : (rules.but ?? [])).map((rule) => [rule, { enabled: false }])),
    resultTypes: ['violations'],
    iframes: false,
  };
  const violations = await page.evaluate(
    async ([exclude, how]) => (await window.axe?.run({ exclude }, how))?.violations,
    [NOT_OURS, options] as const,
  );
  if (violations === undefined) throw new Error('axe did not answer');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  );
}

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 320, height: 640 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

interface Exceptions {
  /** Rules that do not hold here, with the reason beside. */
  readonly except?: readonly string[];
}

/** Looks at what is on screen. In the dark at colours alone: nothing else depends on them. */
export async function look(page: Page, what: string, { except = [] }: Exceptions = {}): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect.soft(await findings(page, { rules: { only: ['color-contrast'] } }), `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect.soft(await findings(page, { rules: { tags: RULES, but: except } }), `${what}, light`).toEqual([]);
}

/** Looks at the narrowest window: nothing may need scrolling sideways to be read. Its colours are those of the wide one. */
export async function lookNarrow(page: Page, what: string): Promise<void> {
  await page.setViewportSize(NARROW);
  const rules = { tags: RULES, but: ['color-contrast'] };
  expect.soft(await findings(page, { rules }), `${what} at 320`).toEqual([]);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(beyond, `${what} at 320: pixels beyond the window`).toBeLessThanOrEqual(0);
}

/** Looks at both widths. */
export async function lookAround(page: Page, what: string): Promise<void> {
  await lookNarrow(page, what);
  await page.setViewportSize(WIDE);
  await look(page, what);
}
