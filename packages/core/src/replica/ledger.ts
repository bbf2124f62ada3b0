import type { View } from '../index.ts';
import { Listeners } from '../kernel/view.ts';
import type { RoomName } from '../protocol/index.ts';
import type { UnsentRow } from './deviceStore.ts';

/**
 * Which durable rows the server has not recorded, for the whole device: read from the journal at the start, then kept up
 * by what this context and the others say. What it counts is what people are told.
 */
export class Ledger {
  readonly #rows = new Map<string, UnsentRow>();
  readonly #edits = new Map<RoomName, number>();
  /** Rows said to be recorded, so that a slower message or read does not bring them back. */
  readonly #recorded = new Set<string>();
  readonly #listeners = new Listeners();
  #rooms: readonly { readonly room: RoomName; readonly edits: number }[] = [];

  readonly unsentRooms: View<readonly { readonly room: RoomName; readonly edits: number }[]> = {
    subscribe: this.#listeners.subscribe,
    getSnapshot: () => this.#rooms,
  };

  add(rows: readonly UnsentRow[]): void {
    let changed = false;
    for (const { rowId, room, edits } of rows) {
      if (this.#rows.has(rowId) || this.#recorded.has(rowId)) continue;
      this.#rows.set(rowId, { rowId, room, edits });
      this.#edits.set(room, (this.#edits.get(room) ?? 0) + edits);
      changed = true;
    }
    if (changed) this.#changed();
  }

  remove(rowIds: readonly string[]): void {
    let changed = false;
    for (const rowId of rowIds) {
      this.#recorded.add(rowId);
      const row = this.#rows.get(rowId);
      if (!row) continue;
      this.#rows.delete(rowId);
      const edits = (this.#edits.get(row.room) ?? 0) - row.edits;
      if (edits > 0) this.#edits.set(row.room, edits);
      else this.#edits.delete(row.room);
      changed = true;
    }
    if (changed) this.#changed();
  }

  /** A room’s edits wait no more: they were put aside. */
  forget(room: RoomName): void {
    this.remove([...this.#rows.values()].filter((row) => row.room === room).map(({ rowId }) => rowId));
  }

  /** Edits of a room that wait for the server. */
  edits(room: RoomName): number {
    return this.#edits.get(room) ?? 0;
  }

  rooms(): RoomName[] {
    return [...new Set([...this.#rows.values()].map((row) => row.room))];
  }

  get total(): number {
    return [...this.#edits.values()].reduce((sum, edits) => sum + edits, 0);
  }

  #changed(): void {
    this.#rooms = [...this.#edits].map(([room, edits]) => ({ room, edits }));
    this.#listeners.notify();
  }
}
