import type { Device } from './device.ts';

/** What is used of `chrome.alarms`. */
export interface Alarms {
  create(name: string, when: { periodInMinutes: number }): Promise<void>;
  clear(name: string): Promise<boolean>;
  get(name: string): Promise<unknown>;
}

export const RETRY_ALARM = 'retry';
/** The shortest period that browsers keep in a packed extension. */
const RETRY_MINUTES = 1;

/**
 * Sends what waits on this device. The alarm is set before the attempt, and taken away only when nothing waits any more: a
 * worker that is stopped in the middle is woken to go on. What waits goes by batch: a worker holds no socket.
 */
export class Drain {
  readonly #device: Pick<Device, 'eachScope'>;
  readonly #alarms: Alarms;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(device: Pick<Device, 'eachScope'>, alarms: Alarms) {
    this.#device = device;
    this.#alarms = alarms;
  }

  /** Asks for an attempt; while one runs, another follows it. */
  request(): Promise<void> {
    if (this.#running !== null) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#attempts().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #attempts(): Promise<void> {
    await this.#alarms.create(RETRY_ALARM, { periodInMinutes: RETRY_MINUTES });
    let waiting: boolean;
    do {
      this.#again = false;
      waiting = await this.#attempt();
    } while (this.#again);
    if (!waiting) await this.#alarms.clear(RETRY_ALARM);
  }

  /** Whether something still waits after it. */
  async #attempt(): Promise<boolean> {
    let waiting = false;
    await this.#device.eachScope(async (replica) => {
      await replica.drain();
      if (replica.sync.getSnapshot().unsent > 0 || replica.blobs.waiting.getSnapshot() > 0) waiting = true;
    });
    return waiting;
  }
}
