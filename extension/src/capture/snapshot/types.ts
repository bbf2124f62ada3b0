import type { MissingCount } from '../missing.ts';
import type { FieldRule } from '../privacy/index.ts';

/** Reads the bytes behind an address as the page could; null when it cannot. */
export type ReadBytes = (url: string, signal: AbortSignal) => Promise<Blob | null>;

/** Time, of a clock that never goes back. */
export interface SnapshotClock {
  /** In ms. */
  now(): number;
  waitMs(ms: number): Promise<void>;
}

/** What a snapshot is taken with. */
export interface SnapshotOptions {
  readonly read: ReadBytes;
  /** What may leave each field. No answer lets out a password, a hidden value or a file. */
  readonly fieldOf?: (field: Element) => FieldRule;
  /** Gives up on what is not read yet. */
  readonly signal: AbortSignal;
  /** What could not be kept is counted here. */
  readonly missing: MissingCount;
  readonly clock: SnapshotClock;
  /** Told how many of the page's resources were read, of how many, as often as one is. */
  readonly report?: (progress: { readonly done: number; readonly of: number }) => void;
}

/** A blob that the HTML refers to by its token. */
export interface SnapshotResource {
  readonly token: string;
  readonly type: string;
  readonly bytes: Blob;
}

/** Something that may be fetched later, without the page (a frame: within it), to fill the place that its token holds. */
export interface UnreachedResource {
  readonly token: string;
  readonly url: string;
  readonly kind: 'image' | 'font' | 'style' | 'frame';
  readonly origin: string;
  /** How often it was counted as missing. */
  readonly uses: number;
}

/** `resources`: leaves first, so that each is named before what refers to it. `unreached`: addresses that are not in the HTML. */
export interface TakenSnapshot {
  readonly html: string;
  readonly resources: readonly SnapshotResource[];
  readonly unreached: readonly UnreachedResource[];
}

/** Markup while resources are still being read: what depends on them is written last. */
export type Written = string | (() => string);
