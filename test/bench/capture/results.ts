import type { Fidelity } from './measure/fidelity.ts';
import type { CapturePage } from './pages.ts';

/** Gzipped bytes that a first capture stores, a second of the unchanged page, and a third with one paragraph changed. */
interface StoredSizes {
  readonly first: number;
  readonly unchanged: number;
  readonly changed: number;
}

export interface PeerResult extends Fidelity {
  readonly inPageMs: number;
  /** Its own call once more on the same tab, without its wait for lazy images. */
  readonly withoutWaitMs: number;
  readonly bytes: StoredSizes;
}

export interface OurResult extends Fidelity {
  readonly inPageMs: number;
  readonly savedMs: number;
  readonly said: string;
  /** Whether the app offered to complete it, and did. */
  readonly isCompleted: boolean;
  /** Null where only the first capture was made. */
  readonly bytes: StoredSizes | null;
  /** What the documents grew by with the first capture: the piece's record and its text. */
  readonly documentBytes: number;
}

/** One page, by everyone who took it. Null, with the reason, where a capture failed. */
export interface PageResult {
  readonly page: CapturePage;
  readonly peer: PeerResult | string;
  readonly bare: OurResult | string;
  readonly granted: OurResult | string;
  /** Whether `bare` is a capture of its own. A page that is all of one origin is taken once, and stands for both. */
  readonly isTakenTwice: boolean;
}

/** How far under single-file a page may be. */
export const TOLERANCE = 0.02;

export const MEASURES = [
  { key: 'text', what: 'text: recall of visible 5-word shingles' },
  { key: 'picture', what: 'picture: SSIM of 1280 × 800 tiles' },
  { key: 'nodes', what: 'nodes: 20 computed properties and box ± 2 px' },
  { key: 'form', what: 'form state' },
] as const;

export type Who = 'bare' | 'granted';

interface Pair {
  readonly name: string;
  readonly ours: OurResult;
  readonly peer: PeerResult;
}

/** The pages that both took; the others are told apart, and are no figures. */
export function pairs(results: readonly PageResult[], who: Who): { both: Pair[]; failed: string[] } {
  const both: Pair[] = [];
  const failed: string[] = [];
  for (const { page, peer, [who]: ours } of results) {
    if (typeof ours === 'string') failed.push(`${page.name} (${ours})`);
    else if (typeof peer === 'string') failed.push(`${page.name}, by single-file (${peer})`);
    else both.push({ name: page.name, ours, peer });
  }
  return { both, failed };
}

/** Whether nothing that the peer kept is missing: only then does a time say something. */
export const holds = (ours: Fidelity, peer: Fidelity): boolean =>
  MEASURES.every(({ key }) => (ours[key] ?? 1) >= (peer[key] ?? 1) - TOLERANCE);
