const SWEEP_ABOVE = 10_000;

export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** A bucket for each of many askers; full ones are forgotten, so that names made up by an attacker take no memory for long. */
export class Buckets {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Counts one for an asker; false when there were too many. */
  take(key: string): boolean {
    if (this.#buckets.size > SWEEP_ABOVE) this.#sweep();
    const bucket = this.#buckets.get(key) ?? new Bucket(this.#rate, this.#now());
    this.#buckets.set(key, bucket);
    return bucket.take(this.#now());
  }

  forget(key: string): void {
    this.#buckets.delete(key);
  }

  #sweep(): void {
    const now = this.#now();
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
  }
}

/** Lets `burst` things through at once, then `perSecond`. */
export class Bucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #level: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#burst = rate.burst;
    this.#perSecond = rate.perSecond;
    this.#level = rate.burst;
    this.#at = now;
  }

  /** Takes one; false when there is none left. */
  take(now: number): boolean {
    this.#level = Math.min(this.#burst, this.#level + (Math.max(0, now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }

  /** Nothing was taken for long enough: the bucket can be forgotten. */
  isFull(now: number): boolean {
    return this.#level + (Math.max(0, now - this.#at) / 1000) * this.#perSecond >= this.#burst;
  }
}
