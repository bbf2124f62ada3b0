import type { View } from '../index.ts';
import type { Role, RoomName } from '../protocol/index.ts';
import type { ApartRoom, DeviceStore } from './deviceStore.ts';
import { StateView } from './syncState.ts';

/** The rooms in which this account has a right of their own, as the feed last told this device. */
export class RightsApart {
  readonly #store: Pick<DeviceStore, 'feed'>;
  readonly #view: StateView<readonly ApartRoom[]>;
  #rooms: readonly ApartRoom[] = [];

  constructor(store: Pick<DeviceStore, 'feed'>) {
    this.#store = store;
    this.#view = new StateView(
      () => this.#rooms,
      (one, other) => JSON.stringify(one) === JSON.stringify(other),
    );
  }

  get view(): View<readonly ApartRoom[]> {
    return this.#view;
  }

  of(room: RoomName): Role | null {
    return this.#rooms.find((one) => one.room === room)?.role ?? null;
  }

  /** Reads again what was noted, here or by another page of the profile. */
  async read(): Promise<void> {
    const { apart } = await this.#store.feed();
    this.#rooms = [...apart].sort((one, other) => (one.room < other.room ? -1 : 1));
    this.#view.refresh();
  }
}
