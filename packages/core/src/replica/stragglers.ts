import type { ReplicaPorts } from './ports.ts';

/** Between two drains that each sent something, or after the first that sent nothing. */
const PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 5 * 60_000;

/** What the stragglers' road asks of its replica. */
export interface Stragglers {
  /** Edits that wait in rooms which nobody here has open. */
  readonly waiting: () => number;
  readonly drain: () => Promise<void>;
  readonly ports: Pick<ReplicaPorts, 'timers' | 'random'>;
}

/**
 * Sends by itself what waits in documents that are not on screen: written offline, left too soon, or by a context that
 * died. One drain at a time; where one brings nothing forward (a right withdrawn, no server), the next waits twice as long.
 *
 * @see SPEC.md P21
 */
export class StragglerRoad {
  readonly #stragglers: Stragglers;
  #busy = false;
  #cancelPause: (() => void) | null = null;
  #pauseMs = PAUSE_MS;
  #closed = false;

  constructor(stragglers: Stragglers) {
    this.#stragglers = stragglers;
  }

  /** There may be a server now. Costs nothing while nothing waits. */
  nudge(): void {
    if (this.#closed || this.#busy || this.#cancelPause !== null || this.#stragglers.waiting() === 0) return;
    this.#busy = true;
    void this.#drain();
  }

  /** The network is back, someone signed in: what was in vain before may not be now. */
  hurry(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    this.#pauseMs = PAUSE_MS;
    this.nudge();
  }

  close(): void {
    this.#closed = true;
    this.#cancelPause?.();
  }

  async #drain(): Promise<void> {
    const { waiting, drain, ports } = this.#stragglers;
    const before = waiting();
    try {
      await drain();
    } catch {
      // A journal that cannot be read now: the pause below, then again.
    }
    this.#busy = false;
    if (this.#closed) return;
    const inVain = waiting() >= before;
    this.#pauseMs = inVain ? Math.min(this.#pauseMs * 2, LAST_PAUSE_MS) : PAUSE_MS;
    // Half of it by chance: a server that comes back does not meet everybody at once.
    const [chance = 0] = ports.random.bytes(1);
    this.#cancelPause = ports.timers.after(this.#pauseMs * (0.5 + chance / 512), () => {
      this.#cancelPause = null;
      this.nudge();
    });
  }
}
