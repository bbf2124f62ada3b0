/** Lets `burst` things through at once, then `perSecond`. */
export class Bucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #level: number;
  #at: number;

  constructor(rate: { burst: number; perSecond: number }, now: number) {
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
