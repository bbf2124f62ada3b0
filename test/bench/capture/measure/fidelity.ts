import type { Frame, Page } from '@playwright/test';
import { pause } from '../../spine/sight.ts';
import { type DrawnNode, differences } from './agreement.ts';
import { align } from './align.ts';
import { type FieldState, keptState } from './formState.ts';
import { recall } from './shingles.ts';
import { draw, see } from './sight.ts';
import { likeness, shoot, tileTops, VIEWPORT } from './tiles.ts';

/** A page as it is while it is live: what its copies are held against. */
export interface Original {
  readonly text: string;
  readonly keys: readonly string[];
  /** Places in `keys`, and how those nodes are drawn. */
  readonly sample: readonly { readonly at: number; readonly drawn: DrawnNode }[];
  readonly fields: readonly FieldState[];
  readonly tops: readonly number[];
  readonly tiles: readonly Buffer[];
}

/** The four measures of issue 3, each a share; `form` is null where there is nothing to fill in. */
export interface Fidelity {
  readonly text: number;
  readonly picture: number;
  readonly nodes: number;
  readonly form: number | null;
  /** What differs, most frequent first: `color 41`. */
  readonly why: readonly string[];
}

const MOST_NODES = 500;
const MOST_SCREENS = 40;
const LAZY_PATIENCE_MS = 3_000;

/** @param pictures - false leaves the tiles out, which are most of the time */
export async function lookAtOriginal(tab: Page, { pictures }: { pictures: boolean }): Promise<Original> {
  await scrollThrough(tab);
  const frame = tab.mainFrame();
  const { text, nodes, fields } = await see(frame);
  const step = Math.max(1, nodes.length / MOST_NODES);
  const places = Array.from({ length: Math.min(nodes.length, MOST_NODES) }, (_, n) => Math.floor(n * step));
  const drawn = await draw(places.flatMap((at) => nodes[at] ?? []));
  const tops = pictures ? await tileTops(frame) : [];
  return {
    text,
    keys: nodes.map(({ key }) => key),
    sample: places.map((at, n) => ({ at, drawn: drawn[n] as DrawnNode })),
    fields,
    tops,
    tiles: await shoot(tab, frame, tops),
  };
}

/** @param frame - holds the copy, and fills the window */
export async function compare(original: Original, page: Page, frame: Frame): Promise<Fidelity> {
  const { text, nodes, fields } = await see(frame);
  const found = align(
    original.keys,
    nodes.map(({ key }) => key),
  );
  const places = original.sample.map(({ at }) => found[at] as number);
  const drawn = await draw(places.filter((at) => at >= 0).flatMap((at) => nodes[at] ?? []));
  const counts = new Map<string, number>();
  let agreeing = 0;
  let next = 0;
  for (const [n, { drawn: wanted }] of original.sample.entries()) {
    const copy = (places[n] as number) >= 0 ? (drawn[next++] ?? null) : null;
    const differing = differences(wanted, copy);
    if (differing.length === 0) agreeing += 1;
    for (const name of differing) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return {
    text: recall(original.text, text),
    picture: original.tiles.length === 0 ? 1 : likeness(original.tiles, await shoot(page, frame, original.tops)),
    nodes: original.sample.length === 0 ? 1 : agreeing / original.sample.length,
    form: keptState(original.fields, fields),
    why: [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`),
  };
}

/** What a person sees who reads a page to its end: what waits for them to come by is there by then. */
async function scrollThrough(tab: Page): Promise<void> {
  const height = await tab.evaluate(() => document.documentElement.scrollHeight);
  const screens = Math.min(MOST_SCREENS, Math.ceil(height / VIEWPORT.height));
  for (let screen = 0; screen < screens; screen += 1) {
    await tab.evaluate((top) => scrollTo({ top, behavior: 'instant' }), screen * VIEWPORT.height);
    await pause(60);
  }
  const complete = tab.waitForFunction(() => [...document.images].every((image) => image.complete), null, {
    timeout: LAZY_PATIENCE_MS,
  });
  await complete.catch(() => undefined);
  await tab.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await pause(200);
}
