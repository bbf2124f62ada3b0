import { type Missing, Refusal } from '@liasse/core';
import { z } from 'zod';
import type { TakeProgress } from '../../capture/handover.ts';
import type { JobScreenshot } from '../jobStore.ts';
import type { Target } from '../take/pageTaker.ts';
import type { ShotPorts } from './shotPorts.ts';

/** Images of a page, and what of it they do not show. */
export interface TakenScreenshot {
  readonly images: JobScreenshot;
  readonly missing: readonly Missing[];
}

/** What to take, and of which page: as the person saw it. */
export interface ShotOrder {
  readonly target: Target;
  readonly url: string;
  readonly extent: 'visible' | 'full-page';
}

/** Browsers allow two images a second, and throw at the third. */
const APART_MS = 550;
const MAX_VIEWS = 30;
/** An image that may show a secret is thrown away and taken again so often. */
const ATTEMPTS = 3;

const size = z.number().min(0).max(1_000_000);
const ReadyView = z.object({
  width: size.min(1),
  height: size.min(1),
  top: size,
  pageHeight: size,
  frames: z.int().min(0),
});
type ReadyView = z.infer<typeof ReadyView>;

/**
 * Takes images of a page, from which everything that may not be kept is covered. Null when the tab shows something else by now.
 *
 * @throws {Refusal} `secret` when the page does not let its fields be covered
 * @see SPEC.md Z1–Z8
 */
export async function takeShot(
  { target, url, extent }: ShotOrder,
  ports: ShotPorts,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (progress: TakeProgress) => void },
): Promise<TakenScreenshot | null> {
  const tiles: JobScreenshot['tiles'][number][] = [];
  let lastShotAt = Number.NEGATIVE_INFINITY;
  let first: ReadyView | null = null;
  let ratio = 1;
  let frames = 0;
  let left = 0;
  try {
    for (let end = 0; ; ) {
      const before = tiles.length;
      const view: ReadyView | null = await shoot(end);
      if (view === null) return null;
      first ??= view;
      frames = Math.max(frames, view.frames);
      if (extent === 'visible') break;
      end = (tiles.at(-1)?.top ?? 0) + (tiles.at(-1)?.height ?? 0);
      const views = Math.ceil(view.pageHeight / view.height);
      left = Math.max(Math.ceil((view.pageHeight - end) / view.height), 0);
      report({ done: tiles.length, of: Math.min(views, MAX_VIEWS) });
      if (left === 0 || tiles.length === MAX_VIEWS) break;
      // A page that does not scroll on when it is told to.
      if (tiles.length === before) break;
    }
  } finally {
    await ports.call(target, 'leave', []);
  }
  if (first === null) return null;
  const top = tiles[0]?.top ?? 0;
  const height = tiles.reduce((sum, tile) => sum + tile.height, 0);
  return {
    images: { width: Math.round(first.width), height, ratio, top, tiles },
    missing: [
      ...(frames > 0 ? [{ kind: 'frame' as const, origin: null, count: frames }] : []),
      ...(left > 0 ? [{ kind: 'view' as const, origin: null, count: left }] : []),
    ],
  };

  /** One image that shows no secret; what it shows beyond the last one is kept. Null: the page is no longer there. */
  async function shoot(from: number): Promise<ReadyView | null> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const place = extent === 'visible' ? null : from;
      const ready = ReadyView.safeParse(
        await ports.call(target, 'prepare', [place, tiles.length === 0 ? 'first' : 'further']),
      );
      if (!ready.success) return null;
      await ports.waitMs(Math.max(lastShotAt + APART_MS - ports.now(), 0));
      if (signal.aborted) return null;
      const image = await imageOfTab();
      if (image === null) return null;
      if ((await ports.call(target, 'holds', [])) !== true) continue;
      const view = ready.data;
      const begin = extent === 'visible' ? view.top : from;
      const height = Math.round(Math.min(view.top + view.height, view.pageHeight) - begin);
      if (begin < view.top || height < 1) return tiles.length === 0 ? null : view;
      const cut = await ports.cut(image, { viewWidth: view.width, top: begin - view.top, height });
      ratio = cut.ratio;
      tiles.push({ bytes: cut.bytes, top: Math.round(begin), height });
      return view;
    }
    throw new Refusal('secret', { attempts: ATTEMPTS });
  }

  /** What is in front must be the page that the person saw, before the image and after it. */
  async function imageOfTab(): Promise<Blob | null> {
    const before = await ports.tab(target.tabId);
    if (before?.url !== url || !before.isFront) return null;
    lastShotAt = ports.now();
    const image = await ports.image(before.windowId);
    const after = await ports.tab(target.tabId);
    return after?.url === url && after.isFront && after.windowId === before.windowId ? image : null;
  }
}
