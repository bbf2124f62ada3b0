import type { Device } from './device.ts';
import type { Alarms } from './drain.ts';

export const FOLLOW_ALARM = 'follow';
const FOLLOW_MINUTES = 15;
/** Fetched in one turn of the device: a capture that is asked for meanwhile waits no longer. */
const ROOMS_A_TURN = 20;

/** Keeps the account’s documents ready on this device while no page of Liasse is open. */
export class Follow {
  readonly #device: Pick<Device, 'eachScope' | 'hasServer'>;
  readonly #alarms: Alarms;
  #running: Promise<void> | null = null;

  constructor(device: Pick<Device, 'eachScope' | 'hasServer'>, alarms: Alarms) {
    this.#device = device;
    this.#alarms = alarms;
  }

  /** The alarm stands while there is a server to follow. One that stands is left alone: set again, it would never come. */
  async plan(): Promise<void> {
    if (!this.#device.hasServer()) await this.#alarms.clear(FOLLOW_ALARM);
    else if ((await this.#alarms.get(FOLLOW_ALARM)) === undefined) {
      await this.#alarms.create(FOLLOW_ALARM, { periodInMinutes: FOLLOW_MINUTES });
    }
  }

  run(): Promise<void> {
    this.#running ??= this.#follow().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #follow(): Promise<void> {
    let left = Number.POSITIVE_INFINITY;
    for (;;) {
      let behind = 0;
      await this.#device.eachScope(async (replica) => {
        await replica.follow({ rooms: ROOMS_A_TURN });
        behind += replica.following.getSnapshot().behind;
      });
      // Where a turn brought nothing (no network, rooms open elsewhere), the next alarm tries again.
      if (behind === 0 || behind >= left) return;
      left = behind;
    }
  }
}
