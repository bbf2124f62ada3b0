import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumPath } from '../../e2e/harness/places.ts';
import { pause } from '../spine/sight.ts';
import { VIEWPORT } from './measure/tiles.ts';
import type { CapturePage } from './pages.ts';

/** Pages ask for things where nobody answers, or somebody does: neither is what is measured. */
export const ONLY_THIS_MACHINE = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

/** A page with frames of a dead server is never whole. */
const LOAD_PATIENCE_MS = 4_000;
const SETTLING_MS = 400;

export interface PlainBrowser {
  context(options: { readonly offline: boolean }): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** A browser without any extension: for the originals, and for copies that are files. */
export async function openPlainBrowser(): Promise<PlainBrowser> {
  const executablePath = chromiumPath();
  const browser: Browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    chromiumSandbox: false,
    args: [...ONLY_THIS_MACHINE, '--lang=fr-FR'],
  });
  return {
    context: ({ offline }) => browser.newContext({ viewport: VIEWPORT, locale: 'fr-FR', offline }),
    close: () => browser.close(),
  };
}

/** Opens a page as a person has it before them when they clip it; in the browser's one tab, as a new one takes seconds. */
export async function visit(context: BrowserContext, page: CapturePage, origin: string): Promise<Page> {
  const tab = context.pages()[0] ?? (await context.newPage());
  await tab.setViewportSize(VIEWPORT);
  await tab.goto(`${origin}${page.path}`, { waitUntil: 'domcontentloaded' });
  await settle(tab);
  await page.prepare?.(tab);
  await pause(SETTLING_MS);
  return tab;
}

export async function settle(tab: Page): Promise<void> {
  await tab.waitForLoadState('load', { timeout: LOAD_PATIENCE_MS }).catch(() => undefined);
  await Promise.race([tab.evaluate(() => document.fonts.ready.then(() => undefined)), pause(LOAD_PATIENCE_MS)]);
  await pause(SETTLING_MS);
}
