import { attributePairs, bodyOf, isImageLoaded, queryAll, rootElementOf, windowOf } from './dom.ts';
import { CaptureLimits } from './limits.ts';
import type { SnapshotClock } from './snapshot/index.ts';

interface ScrollPorts {
  readonly clock: SnapshotClock;
  readonly signal: AbortSignal;
}

/** More screens than any time allows. */
const MOST_STEPS = 40;
/** About one frame: observers are told between two of them. */
const STEP_MS = 20;

/**
 * Shows a page every part of itself once, as a reader would who scrolls to its end, so that what waits to be seen comes: images
 * that browsers load late, grounds that scripts set [C8]. Only where something waits, within a time, and back to where it was.
 */
export async function scrollThrough(document: Document, { clock, signal }: ScrollPorts): Promise<void> {
  const window = windowOf(document);
  if (window === null || !waits(document)) return;
  const { scrollX, scrollY, innerHeight } = window;
  // What the page is now: one that grows as it is scrolled has no end. In quirks mode it is the body that scrolls.
  const height = Math.max(...[rootElementOf(document), bodyOf(document)].map((root) => root?.scrollHeight ?? 0));
  if (height <= innerHeight * 1.5) return;
  const end = clock.now() + CaptureLimits.scrollMs;
  const step = Math.max(innerHeight, height / MOST_STEPS);
  try {
    for (let top = 0; top < height && clock.now() < end && !signal.aborted; top += step) {
      window.scrollTo({ left: scrollX, top, behavior: 'instant' });
      await clock.waitMs(STEP_MS);
    }
  } finally {
    window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  }
  // What follows the scrolling (a bar that shrinks) has one frame to come back, and what was begun the rest of the time.
  do await clock.waitMs(STEP_MS);
  while (clock.now() < end && !signal.aborted && isComing(document));
}

/** Elements whose attributes are looked at: pages that hold back what they show do so from their first screens on. */
const MOST_LOOKED_AT = 5_000;
const IMAGE_ADDRESS = /\.(?:png|jpe?g|gif|webp|avif|svg)(?:[?#][^\s]*)?$/i;

function waits(document: Document): boolean {
  if (lazyImages(document).some((image) => !isImageLoaded(image))) return true;
  return queryAll(document, 'img, div, section, figure, a, span, li, [role="img"]')
    .slice(0, MOST_LOOKED_AT)
    .some((element) =>
      attributePairs(element).some(([name, value]) => name.startsWith('data-') && IMAGE_ADDRESS.test(value.trim())),
    );
}

const isComing = (document: Document): boolean => lazyImages(document).some((image) => !isImageLoaded(image));

const lazyImages = (document: Document) => queryAll(document, 'img[loading="lazy"]') as readonly HTMLImageElement[];
