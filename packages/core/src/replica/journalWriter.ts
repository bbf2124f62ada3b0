import * as Y from 'yjs';
import { type Clock, newId, type Randomness, Refusal } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { DeviceStore, JournalRow } from './deviceStore.ts';
import type { Timers } from './ports.ts';

/** How long an edit may wait for others before it is written: one strict transaction serves them all. */
export const BATCH_MS = 30;
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 30_000;

/** One document’s place with the writer: a room that is closed and opened again has two for a moment. */
export interface JournalSeat {
  /** @param connection - the connection on which the edit has just gone out, or null */
  add(update: Uint8Array, connection: number | null): void;
  /** Edits that are not durable yet. */
  readonly pendingEdits: number;
  /** Since the last success, a write was refused. */
  readonly isFailing: boolean;
  /**
   * Resolves when every edit made so far is durable.
   *
   * @throws {Refusal} `no-space` when this device could not store them now; they are kept in memory and retried
   */
  saved(): Promise<void>;
  /** Nothing more is added. */
  leave(): void;
}

/** What the writer asks of whoever holds the document of a room. */
export interface JournaledRoom {
  /** The whole document, for a row that makes good what could not be written. */
  fullState(): Uint8Array;
  /** The generation of the room’s data that its edits lean on; null while it is not known, and they lean on nothing. */
  generation(): number | null;
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
  readonly name: RoomName;
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
  readonly #seats = new Set<Pending>();
  #cancelBatch: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  #closed = false;

  constructor(store: DeviceStore, ports: { clock: Clock; random: Randomness; timers: Timers }) {
    this.#store = store;
    this.#ports = ports;
  }

  enter(name: RoomName, room: JournaledRoom): JournalSeat {
    const pending: Pending = { name, room, edits: [], failing: false, added: 0, done: 0 };
    this.#seats.add(pending);
    return {
      add: (update, connection) => this.#add(pending, { update, connection }),
      get pendingEdits() {
        return pending.edits.length;
      },
      get isFailing() {
        return pending.failing;
      },
      saved: () => this.#saved(pending),
      leave: () => void this.#seats.delete(pending),
    };
  }

  #add(pending: Pending, edit: Edit): void {
    if (!this.#seats.has(pending)) throw new Error(`bug: ${pending.name} is closed`);
    pending.edits.push(edit);
    pending.added += 1;
    if (this.#closed || this.#cancelBatch !== null) return;
    this.#cancelBatch = this.#ports.timers.after(BATCH_MS, () => {
      this.#cancelBatch = null;
      void this.#queue({ retry: false });
    });
  }

  async #saved(pending: Pending): Promise<void> {
    const target = pending.added;
    while (pending.done < target) {
      await this.flush();
      if (pending.done < target && pending.failing) throw new Refusal('no-space', { room: pending.name });
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

  #queue(options: { retry: boolean }): Promise<void> {
    this.#running = this.#running.then(() => this.#write(options));
    return this.#running;
  }

  async #write({ retry }: { retry: boolean }): Promise<void> {
    const waiting = [...this.#seats].filter((pending) => pending.edits.length > 0);
    const healthy = waiting.filter((pending) => !pending.failing);
    const failing = waiting.filter((pending) => pending.failing);
    if (healthy.length > 0) await this.#writeTogether(healthy);
    // One at a time: a document that does not fit must not keep a smaller one out.
    if (retry) for (const pending of failing) await this.#writeTogether([pending]);
    this.#planRetry();
  }

  #planRetry(): void {
    if (![...this.#seats].some((pending) => pending.failing)) {
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

  async #writeTogether(seats: readonly Pending[]): Promise<void> {
    const batches = seats.map((pending) => ({
      pending,
      edits: [...pending.edits],
      row: this.#row(pending),
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

  #row({ name, edits, failing, room: journaled }: Pending): JournalRow {
    const generation = journaled.generation();
    return {
      rowId: newId(this.#ports.random),
      room: name,
      update: failing ? journaled.fullState() : Y.mergeUpdates(edits.map((edit) => edit.update)),
      at: this.#ports.clock.now(),
      edits: edits.length,
      recordedSeq: null,
      ...(generation !== null && { generation }),
    };
  }
}
