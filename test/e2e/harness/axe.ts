import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** What is held against a screen, and what is let pass. */
export interface Look {
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
export async function findings(page: Page, { rules }: Look): Promise<readonly string[]> {
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
