import { isDiskFull } from './diskFull.ts';
import { type RoomStore, StoreError } from './roomStore.ts';

/** Whether writes are taken; if not, the stable code of why. */
export type WriteState = 'ready' | 'disk-full' | 'store-failing' | 'stopping';

export interface StoreHealthOptions {
  readonly store: Pick<RoomStore, 'probe'>;
  readonly now: () => number;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Time between two tries of a store that does not write. */
  readonly probeMs: number;
  /** A probe that takes longer has failed: a disk may also not answer at all. */
  readonly probeLimitMs: number;
  /** A write that is older than this no longer proves that the next one will do. */
  readonly proofMs: number;
}

/** Knows whether the store writes, and finds out when it does again. One prober for all who wait. */
export class StoreHealth {
  readonly #options: StoreHealthOptions;
  #state: Exclude<WriteState, 'stopping'> = 'ready';
  #stopping = false;
  #provenAt: number;
  #probing: Promise<unknown> | null = null;
  #recovering: Promise<void> | null = null;

  /** The store has just written. */
  constructor(options: StoreHealthOptions) {
    this.#options = options;
    this.#provenAt = options.now();
  }

  get state(): WriteState {
    return this.#stopping ? 'stopping' : this.#state;
  }

  /** Something was written. */
  proven(): void {
    this.#provenAt = this.#options.now();
  }

  /**
   * The log did not write. Of a full disk this is believed at once: nothing more is taken. Of anything else the next probe says
   * whether it is the store, or what it was given. Resolves when a probe has been written, or at the end of the server.
   */
  failed(error: unknown): Promise<void> {
    if (isDiskFull(error)) this.#become('disk-full', error);
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = null;
    });
    return this.#recovering;
  }

  /** Something beside the log was not written: the log is tried, and the answer believed. */
  async suspect(): Promise<WriteState> {
    if (!this.#stopping && this.#state === 'ready') {
      const error = await this.#probe();
      if (error) void this.failed(this.#believed(error));
    }
    return this.state;
  }

  /** For who asks whether writes are taken: a proof that is too old is made again. */
  look(): Promise<WriteState> {
    const old = this.#options.now() - this.#provenAt > this.#options.proofMs;
    return old ? this.suspect() : Promise.resolve(this.state);
  }

  stop(): void {
    this.#stopping = true;
  }

  async #recover(): Promise<void> {
    while (!this.#stopping) {
      await after(this.#options.probeMs);
      const error = await this.#probe();
      if (!error) {
        if (this.#state !== 'ready') this.#options.log('store-writes-again', {});
        this.#state = 'ready';
        return;
      }
      this.#believed(error);
    }
  }

  #believed(error: Error): Error {
    this.#become(isDiskFull(error) ? 'disk-full' : 'store-failing', error);
    return error;
  }

  #become(state: 'disk-full' | 'store-failing', error: unknown): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.log('store-read-only', { code: state, reason: error instanceof Error ? error.message : 'unknown' });
  }

  /** Null when a probe was written. One at a time: a disk that does not answer must not be asked ever more. */
  async #probe(): Promise<Error | null> {
    this.#probing ??= this.#options.store.probe().finally(() => {
      this.#probing = null;
    });
    const limit = after(this.#options.probeLimitMs).then(() => {
      throw new StoreError('the store does not answer');
    });
    try {
      await Promise.race([this.#probing, limit]);
      this.proven();
      return null;
    } catch (error) {
      return error instanceof Error ? error : new StoreError('the store does not write', { cause: error });
    }
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
