import { Buckets } from './bucket.ts';

const RATE = { burst: 10, perSecond: 1 / 30 };

/**
 * Wrong passwords an address may be tried with: ten at once, then one each half minute. Per account and not per IP
 * address, behind which there may be a whole ministry; a right password within the rate always passes.
 */
export class Attempts {
  readonly #buckets: Buckets;

  constructor(now: () => number) {
    this.#buckets = new Buckets(RATE, now);
  }

  /** Counts a try; false when there were too many. */
  take(email: string): boolean {
    return this.#buckets.take(email.toLowerCase());
  }

  /** The person proved who they are. */
  forget(email: string): void {
    this.#buckets.forget(email.toLowerCase());
  }
}
