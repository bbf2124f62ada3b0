import { rootElementOf } from '../dom.ts';
import { findControls, type PageDoors } from '../forms/findControls.ts';
import { fieldOf } from '../privacy/index.ts';
import { Boxes } from './boxes.ts';
import { Hidden } from './hidden.ts';
import { seeTrees } from './trees.ts';

/** A view that is ready for its image, in CSS px. */
export interface ReadyView {
  /** Of the window. */
  readonly width: number;
  readonly height: number;
  /** Where in the page it begins. */
  readonly top: number;
  /** Of the whole page, as it is now: some grow while one scrolls. */
  readonly pageHeight: number;
  /** Frames that were painted over. */
  readonly frames: number;
}

/** The page's side of its images, under `liasseShot` in the extension's own world of the page. */
export interface ShotSide {
  /** Scrolls there (null: nowhere), covers what no image may show, and waits until that is drawn. */
  prepare(top: number | null, order: 'first' | 'further'): Promise<ReadyView>;
  /** Whether nothing that no image may show could be in the one that was just taken. */
  holds(): boolean;
  /** Puts the page back. */
  leave(): void;
}

/** What the side needs of where it runs. */
export interface ShotClock {
  /** Resolves once what was changed is on the screen. */
  drawn(): Promise<void>;
  /** Calls back after a time, unless it is told not to. */
  after(ms: number, run: () => void): () => void;
}

/** More fields than any page has that people fill. */
const MAX_FIELDS = 5_000;
/** The worker asks every half second or so; one that was stopped asks no more. */
const ABANDONED_MS = 5_000;

/** @see SPEC.md Z2, Z3, Z6 */
export function makeShotSide(document: Document, doors: PageDoors, clock: ShotClock): ShotSide {
  const covered = new Hidden();
  const pinned = new Hidden();
  const boxes = new Boxes(document);
  let place: { readonly left: number; readonly top: number } | null = null;
  let stopWaiting = () => {};
  let framesCovered = 0;
  let preparedTop = 0;

  const leave = () => {
    stopWaiting();
    boxes.remove();
    covered.restore();
    pinned.restore();
    if (place !== null) window.scrollTo({ ...place, behavior: 'instant' });
    place = null;
  };
  const stayAwake = () => {
    stopWaiting();
    stopWaiting = clock.after(ABANDONED_MS, leave);
  };
  /** Everything that no image may show, as the page is now. */
  const forbidden = (): readonly Element[] => {
    const { controls, dropped } = findControls(document, doors, MAX_FIELDS);
    const fields = controls.map(({ element }) => element).filter((element) => fieldOf(element) !== 'keep');
    const { framesAway } = seeTrees(document, doors);
    framesCovered = framesAway.length;
    // What was not looked at cannot be covered: then the page itself is.
    const unseen = dropped > 0 ? [rootElementOf(document)].filter((root) => root !== null) : [];
    return [...fields, ...framesAway, ...unseen];
  };

  return {
    leave,
    async prepare(top, order) {
      stayAwake();
      place ??= { left: window.scrollX, top: window.scrollY };
      if (order === 'further') unpin();
      if (top !== null) window.scrollTo({ left: place.left, top, behavior: 'instant' });
      await clock.drawn();
      const elements = forbidden();
      for (const element of elements) covered.hide(element);
      boxes.paint(elements);
      await clock.drawn();
      preparedTop = window.scrollY;
      return {
        width: window.innerWidth,
        height: window.innerHeight,
        top: Math.round(preparedTop),
        pageHeight: Math.max(rootElementOf(document)?.scrollHeight ?? 0, window.innerHeight),
        frames: framesCovered,
      };
    },
    holds() {
      stayAwake();
      return window.scrollY === preparedTop && forbidden().every((element) => covered.isHidden(element));
    },
  };

  /** What floats is left out of further images; what sticks goes back to its own place in the page. */
  function unpin(): void {
    for (const { element, position } of seeTrees(document, doors).pinned) {
      if (pinned.has(element) || covered.has(element)) continue;
      if (position === 'fixed') pinned.hide(element);
      else pinned.set(element, { position: 'relative', inset: 'auto' });
    }
  }
}
