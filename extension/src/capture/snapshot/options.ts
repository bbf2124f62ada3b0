import type { MissingCount } from '../missing.ts';

/** What a snapshot's markup is made with. */
export interface SerializeOptions {
  /** What relative addresses are relative to. */
  readonly base: string;
  /** The image's content as a `data:` address, or null when it could not be read. */
  readonly imageOf: (image: Element) => string | null;
  readonly missing: MissingCount;
  /** Past this many characters, no more is written, and what is open is closed. */
  readonly limit: number;
}
