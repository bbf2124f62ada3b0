import type { Page } from '@playwright/test';

/** What a page has painted so far. */
export interface Painted {
  /** What was on screen while the chip said that the server had everything. */
  readonly onServer: readonly string[];
  /** What was on screen while the chip said that this device, at least, had everything. */
  readonly onDevice: readonly string[];
  /** Every sentence of the chip, in order. */
  readonly chip: readonly string[];
}

/**
 * Notes at each frame what the chip says, and which of the wanted words the screen shows with it. A frame is what a person
 * sees: between two of them the screen may be half drawn.
 *
 * @param words - what to look for; only whole matches count
 */
export async function watch(page: Page, words: RegExp): Promise<void> {
  await page.evaluate((source) => {
    const wanted = new RegExp(source, 'g');
    const onServer = new Set<string>();
    const onDevice = new Set<string>();
    const chip: string[] = [];
    const look = () => {
      requestAnimationFrame(look);
      const buttons = [...document.querySelectorAll('header[data-chrome] button')].map(
        (button) => button.textContent ?? '',
      );
      const said = buttons.find((text) => /nregistr|Hors ligne|Ouverture/.test(text));
      if (said === undefined) return;
      if (said !== chip.at(-1)) chip.push(said);
      // Lists and texts only: what stands in a field is not entered yet.
      const parts = [...document.querySelectorAll('main [role="grid"], main [contenteditable]')];
      const shown = parts.flatMap(({ textContent }) => textContent?.match(wanted) ?? []);
      if (/^Enregistré sur le serveur/.test(said)) for (const word of shown) onServer.add(word);
      if (/^(?:Enregistré sur|Hors ligne)/.test(said)) for (const word of shown) onDevice.add(word);
    };
    look();
    Object.assign(window, { painted: () => ({ onServer: [...onServer], onDevice: [...onDevice], chip }) });
  }, words.source);
}

/** What a watched page has painted since. */
export const painted = (page: Page): Promise<Painted> => page.evaluate('painted()');
