import * as Y from 'yjs';
import { type Clock, newId, type Randomness, Refusal } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { DeviceStore, JournalRow } from './deviceStore.ts';
import type { Timers } from './ports.ts';

/** How long an edit may wait for others before it is written: one strict transaction serves them all. */
export const BATCH_MS = 30;
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 30_000;

/** What the writer asks of whoever holds the document of a room. */
export interface JournaledRoom {
  /** The whole document, for a row that makes good what could not be written. */
  fullState(): Uint8Array;
  /** The row is durable. `connections`: on which connection each of its edits went out when it was made. */
  saved(row: JournalRow, connections: readonly (number | null)[]): void;
  /** What is pending, or whether this device can store, changed. */
  changed(): void;
}

interface Edit {
  readonly update: Uint8Array;
  readonly connection: number | null;
}

interface Pending {
  readonly room: JournaledRoom;
  edits: Edit[];
  /** Since the last success, a write was refused: only the whole document makes that good. */
  failing: boolean;
  added: number;
  done: number;
}

/** Writes every local edit of every open document to the journal, batched, and says when it is durable. */
export class JournalWriter {
  readonly #store: DeviceStore;
  readonly #ports: { clock: Clock; random: Randomness; timers: Timers };
  readonly #rooms = new Map<RoomName, Pending>();
  #cancelBatch: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  #closed = false;

  constructor(store: DeviceStore, ports: { clock: Clock; random: Randomness; timers: Timers }) {
    this.#store = store;
    this.#ports = ports;
  }

  enter(name: RoomName, room: JournaledRoom): void {
    this.#rooms.set(name, { room, edits: [], failing: false, added: 0, done: 0 });
  }

  leave(name: RoomName): void {
    this.#rooms.delete(name);
  }

  /** @param connection - the connection on which the edit has just gone out, or null */
  add(name: RoomName, update: Uint8Array, connection: number | null): void {
    const pending = this.#pending(name);
    pending.edits.push({ update, connection });
    pending.added += 1;
    if (this.#closed || this.#cancelBatch !== null) return;
    this.#cancelBatch = this.#ports.timers.after(BATCH_MS, () => {
      this.#cancelBatch = null;
      void this.#queue({ retry: false });
    });
  }

  /** Edits that are not durable yet. */
  pendingEdits(name: RoomName): number {
    return this.#rooms.get(name)?.edits.length ?? 0;
  }

  isFailing(name: RoomName): boolean {
    return this.#rooms.get(name)?.failing ?? false;
  }

  /**
   * Resolves when every edit made so far in the room is durable.
   *
   * @throws {Refusal} `no-space` when this device could not store them now; they are kept in memory and retried
   */
  async saved(name: RoomName): Promise<void> {
    const pending = this.#pending(name);
    const target = pending.added;
    while (pending.done < target) {
      await this.flush();
      if (pending.done < target && pending.failing) throw new Refusal('no-space', { room: name });
    }
  }

  /** Tries to write all that waits, now. */
  flush(): Promise<void> {
    return this.#queue({ retry: true });
  }

  close(): void {
    this.#closed = true;
    this.#cancelBatch?.();
    this.#cancelRetry?.();
  }

  #pending(name: RoomName): Pending {
    const pending = this.#rooms.get(name);
    if (!pending) throw new Error(`bug: ${name} is not open`);
    return pending;
  }

  #queue(options: { retry: boolean }): Promise<void> {
    this.#running = this.#running.then(() => this.#write(options));
    return this.#running;
  }

  async #write({ retry }: { retry: boolean }): Promise<void> {
    const waiting = [...this.#rooms].filter(([, pending]) => pending.edits.length > 0);
    const healthy = waiting.filter(([, pending]) => !pending.failing);
    const failing = waiting.filter(([, pending]) => pending.failing);
    if (healthy.length > 0) await this.#writeTogether(healthy);
    // One at a time: a document that does not fit must not keep a smaller one out.
    if (retry) for (const entry of failing) await this.#writeTogether([entry]);
    this.#planRetry();
  }

  #planRetry(): void {
    if (![...this.#rooms.values()].some((pending) => pending.failing)) {
      this.#failures = 0;
      this.#cancelRetry?.();
      this.#cancelRetry = null;
    } else if (this.#cancelRetry === null && !this.#closed) {
      const delayMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_LAST_MS);
      this.#failures += 1;
      this.#cancelRetry = this.#ports.timers.after(delayMs, () => {
        this.#cancelRetry = null;
        void this.flush();
      });
    }
  }

  async #writeTogether(entries: readonly [RoomName, Pending][]): Promise<void> {
    const batches = entries.map(([name, pending]) => ({
      pending,
      edits: [...pending.edits],
      row: this.#row(name, pending),
      // A whole document never went out as such.
      connections: pending.failing ? [null] : pending.edits.map((edit) => edit.connection),
    }));
    try {
      await this.#store.appendRows(batches.map(({ row }) => row));
    } catch {
      for (const { pending } of batches) pending.failing = true;
      for (const { pending } of batches) pending.room.changed();
      return;
    }
    for (const { pending, edits, row, connections } of batches) {
      pending.edits = pending.edits.slice(edits.length);
      pending.done += edits.length;
      pending.failing = false;
      pending.room.saved(row, connections);
      pending.room.changed();
    }
  }

  #row(room: RoomName, { edits, failing, room: { fullState } }: Pending): JournalRow {
    return {
      rowId: newId(this.#ports.random),
      room,
      update: failing ? fullState() : Y.mergeUpdates(edits.map((edit) => edit.update)),
      at: this.#ports.clock.now(),
      edits: edits.length,
      recordedSeq: null,
    };
  }
}
