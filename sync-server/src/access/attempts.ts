import { Bucket } from './bucket.ts';

const RATE = { burst: 10, perSecond: 1 / 30 };
const SWEEP_ABOVE = 10_000;

/**
 * Wrong passwords an address may be tried with: ten at once, then one each half minute. Per account and not per IP
 * address, behind which there may be a whole ministry; a right password within the rate always passes.
 */
export class Attempts {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a try; false when there were too many. */
  take(email: string): boolean {
    if (this.#buckets.size > SWEEP_ABOVE) this.#sweep();
    const key = email.toLowerCase();
    const bucket = this.#buckets.get(key) ?? new Bucket(RATE, this.#now());
    this.#buckets.set(key, bucket);
    return bucket.take(this.#now());
  }

  /** The person proved who they are. */
  forget(email: string): void {
    this.#buckets.delete(email.toLowerCase());
  }

  #sweep(): void {
    const now = this.#now();
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
  }
}
