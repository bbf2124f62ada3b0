import {
  attribute,
  firstChildOf,
  imageWidthOf,
  isElement,
  isImageLoaded,
  nameOf,
  nextSiblingOf,
  shownSource,
} from '../dom.ts';
import { absoluteAddress } from './markup.ts';

/** What an image shows. `descriptor`: its candidate's density or width (`2x`, `640w`), empty for 1x. `isBroken`: shown as such. */
export interface ShownImage {
  readonly address: string | null;
  readonly descriptor: string;
  readonly isBroken: boolean;
}

/** Where pages put the address of an image that waits to be scrolled to, before a script moves it into `src`. */
const LAZY = ['data-src', 'data-lazy-src', 'data-original', 'data-lazy', 'data-url', 'data-image'];
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset'];

/** The image that the browser chose, else the one that it would load next [C8]. */
export function shownImage(image: Element, parent: Element | null, base: string): ShownImage {
  const current = shownSource(image);
  const isLoaded = isImageLoaded(image as HTMLImageElement);
  const width = imageWidthOf(image as HTMLImageElement);
  const waiting = isLoaded && width > 2 ? null : waitingAddress(image, base);
  if (waiting !== null) return { address: waiting, descriptor: '', isBroken: false };
  if (current === '') {
    const address = absoluteAddress(attribute(image, 'src'), base) ?? candidates(image, base)[0]?.address ?? null;
    return { address, descriptor: '', isBroken: false };
  }
  // `src` alone is the common case, and needs no look at candidates.
  const sets = attribute(image, 'srcset') !== null || (parent !== null && nameOf(parent) === 'picture');
  const chosen = sets ? chosenCandidate(image, parent, base, current) : undefined;
  const isBroken = isLoaded && width === 0 && attribute(image, 'loading') !== 'lazy';
  return { address: current, descriptor: chosen?.descriptor ?? '', isBroken };
}

function waitingAddress(image: Element, base: string): string | null {
  for (const name of LAZY) {
    const value = attribute(image, name);
    if (value !== null && LOOKS_LIKE_AN_ADDRESS.test(value)) return absoluteAddress(value.trim(), base);
  }
  for (const name of LAZY_SETS) {
    const first = parseCandidates(attribute(image, name) ?? '', base)[0];
    if (first !== undefined) return first.address;
  }
  return null;
}

const LOOKS_LIKE_AN_ADDRESS = /^\s*(?:https?:)?\/{0,2}[^\s{}<>"']+\.[^\s{}<>"']+\s*$/;

interface Candidate {
  readonly address: string;
  readonly descriptor: string;
}

const candidates = (image: Element, base: string) => parseCandidates(attribute(image, 'srcset') ?? '', base);

function chosenCandidate(image: Element, parent: Element | null, base: string, current: string): Candidate | undefined {
  const all = candidates(image, base);
  if (parent !== null && nameOf(parent) === 'picture') {
    for (let node = firstChildOf(parent); node !== null; node = nextSiblingOf(node)) {
      if (isElement(node) && nameOf(node) === 'source')
        all.push(...parseCandidates(attribute(node, 'srcset') ?? '', base));
    }
  }
  return all.find(({ address }) => address === current);
}

/** The candidates of a `srcset`, by the specification's own way of splitting: addresses may hold commas. */
function parseCandidates(srcset: string, base: string): Candidate[] {
  const found: Candidate[] = [];
  if (srcset.length > MOST_SRCSET) return found;
  for (const [, written, descriptor] of srcset.matchAll(/[\s,]*(\S*[^\s,])(?:\s+([^,]+))?(?:,|$)/g)) {
    const address = absoluteAddress(written ?? null, base);
    const size = descriptor?.trim() ?? '';
    if (address !== null) found.push({ address, descriptor: /^[\d.]+[xw]$/.test(size) && size !== '1x' ? size : '' });
  }
  return found;
}

/** In characters; longer ones are no list of images. */
const MOST_SRCSET = 20_000;
