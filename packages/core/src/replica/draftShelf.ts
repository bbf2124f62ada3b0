import type { RoomName } from '../protocol/index.ts';
import type { Draft } from './deviceStore.ts';
import type { SessionHost } from './sessionHost.ts';
import { StateView } from './syncState.ts';

/** The drafts of a device, and how often this context has heard that a room was put aside. */
export class DraftShelf {
  readonly view: StateView<readonly Draft[]>;
  readonly #host: Pick<SessionHost, 'store' | 'contexts'>;
  readonly #generations = new Map<RoomName, number>();
  #drafts: readonly Draft[] = [];

  constructor(host: Pick<SessionHost, 'store' | 'contexts'>) {
    this.#host = host;
    this.view = new StateView(
      () => this.#drafts,
      (a, b) => a === b,
    );
  }

  /** What cannot be read now is read with the next change, or the next start. */
  async read(): Promise<void> {
    const drafts = await this.#host.store.drafts().catch(() => this.#drafts);
    if (drafts.length === 0 && this.#drafts.length === 0) return;
    this.#drafts = drafts;
    this.view.refresh();
  }

  async remove(draftId: string): Promise<void> {
    await this.#host.store.removeDraft(draftId);
    this.#host.contexts.post({ kind: 'drafts' });
    await this.read();
  }

  /** A room’s data of that generation is over. @returns whether that is news here */
  renewed(room: RoomName, generation: number): boolean {
    if (generation <= (this.#generations.get(room) ?? 0)) return false;
    this.#generations.set(room, generation);
    void this.read();
    return true;
  }

  /** Whether rows come of a context that has not heard yet that what they lean on was put aside. */
  isOver(room: RoomName, generation: number | undefined): boolean {
    return generation !== undefined && generation < (this.#generations.get(room) ?? 0);
  }
}
