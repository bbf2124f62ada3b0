import type { Frame, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { pause } from '../../spine/sight.ts';
import { type Picture, ssim } from './ssim.ts';

export const VIEWPORT = { width: 1280, height: 800 } as const;
/** Of a long page: its beginning, its end, and some in between. */
const MOST_TILES = 5;
const SETTLING_MS = 50;

/** Where the tiles of a page begin. */
export async function tileTops(frame: Frame): Promise<number[]> {
  const height = await frame.evaluate(() => document.documentElement.scrollHeight);
  const count = Math.max(1, Math.ceil(height / VIEWPORT.height));
  if (count <= MOST_TILES) return Array.from({ length: count }, (_, at) => at * VIEWPORT.height);
  return Array.from(
    { length: MOST_TILES },
    (_, at) => Math.round((at * (count - 1)) / (MOST_TILES - 1)) * VIEWPORT.height,
  );
}

/** A page's tiles: the window, scrolled to each. @param frame - what scrolls, and fills the window */
export async function shoot(page: Page, frame: Frame, tops: readonly number[]): Promise<Buffer[]> {
  const tiles: Buffer[] = [];
  for (const top of tops) {
    await frame.evaluate((top) => scrollTo(0, top), top);
    // Not in the frame: where no script runs, no timer does.
    await pause(SETTLING_MS);
    tiles.push(await page.screenshot({ animations: 'allow', caret: 'initial', scale: 'css' }));
  }
  await frame.evaluate(() => scrollTo(0, 0));
  return tiles;
}

/** The mean over the tiles. */
export function likeness(original: readonly Buffer[], copy: readonly Buffer[]): number {
  const each = original.map((tile, at) => {
    const other = copy[at] as Buffer;
    // The same pixels give the same file: nothing to compute for most tiles of a good copy.
    return tile.equals(other) ? 1 : ssim(decode(tile), decode(other));
  });
  return each.reduce((sum, one) => sum + one, 0) / each.length;
}

const decode = (png: Buffer): Picture => PNG.sync.read(png);
