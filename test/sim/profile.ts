import { InfraError } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import {
  type ContextChannel,
  createMemoryDisk,
  createMemoryStore,
  type DeviceStore,
  type DocumentCache,
  type JournalRow,
  type MemoryDisk,
  type ReplicaPorts,
  type Sentinel,
} from '@liasse/core/replica';
import type { Chance } from './chance.ts';
import { SimLocks } from './locks.ts';
import type { Oracle } from './oracle.ts';
import type { Machine, Scheduler } from './scheduler.ts';

/** A browser profile: one disk, and the contexts (pages) that share it, its locks and its channel. */
export class SimProfile {
  readonly name: string;
  readonly disk: MemoryDisk = createMemoryDisk();
  /** Writes of the journal are refused. */
  isFull = false;
  /** A note that the server has a row may have been refused: the row is then sent once more, at the next connection. */
  hasBeenFull = false;
  /** Longest time that one access to the disk takes. */
  slownessMs = 4;
  /** How likely a cache is to answer too late, or to lose what is written to it. */
  cacheTroubles = 0;
  /** A cache has lost something at some time: what the server had may be missing until it gives it back. */
  hasLostCache = false;
  /** Called once, as soon as the next rows are on the disk and before anyone knows. */
  onNextRows: ((writer: Machine) => void) | null = null;
  readonly #scheduler: Scheduler;
  readonly #oracle: Oracle;
  readonly #sentinels = new Set<string>();
  readonly #locks: SimLocks;
  readonly #channels = new Map<string, Set<Listening>>();

  constructor(name: string, scheduler: Scheduler, oracle: Oracle) {
    this.name = name;
    this.#scheduler = scheduler;
    this.#oracle = oracle;
    this.#locks = new SimLocks(scheduler);
  }

  portsOf(machine: Machine, network: { dial: ReplicaPorts['dial']; wakes: Set<() => void> }): ReplicaPorts {
    return {
      clock: { now: () => Math.floor(this.#scheduler.now + machine.skewMs) },
      random: { bytes: (length) => machine.chance.bytes(length) },
      timers: { after: (delayMs, run) => this.#scheduler.after(machine, delayMs, run) },
      locks: this.#locks.of(machine),
      sentinel: this.#sentinel(),
      page: {
        onWake: (listener) => {
          network.wakes.add(listener);
          return () => network.wakes.delete(listener);
        },
        onHide: () => () => {},
      },
      channel: (name) => this.#channel(name, machine),
      dial: network.dial,
    };
  }

  storeOf(machine: Machine): DeviceStore {
    const inner = createMemoryStore(this.disk);
    // As IndexedDB's transactions on one database: each begins when the one before is over.
    let last = 0;
    const access = () =>
      new Promise<void>((resolve) => {
        const { now } = this.#scheduler;
        last = Math.max(last, now + machine.chance.between(0, this.slownessMs));
        this.#scheduler.after(machine, last - now, resolve);
      });
    const write = async <T>(commit: () => Promise<T>): Promise<T> => {
      await access();
      if (this.isFull) throw new InfraError('no space', { cause: new Error('quota'), retryable: true });
      const done = await commit();
      // Durable, and not yet said to be.
      await access();
      return done;
    };
    const read = async <T>(take: () => Promise<T>): Promise<T> => {
      await access();
      const taken = await take();
      await access();
      return taken;
    };
    const rowsOf = (rowIds: readonly string[]) => rowIds.flatMap((rowId) => this.disk.rows.get(rowId) ?? []);
    return {
      ...inner,
      appendRows: (rows) =>
        write(async () => {
          await inner.appendRows(rows);
          this.#oracle.durable(this, rows);
          const next = this.onNextRows;
          this.onNextRows = null;
          next?.(machine);
        }),
      rowsOf: (room) => read(() => inner.rowsOf(room)),
      unsentRows: () => read(() => inner.unsentRows()),
      recordRows: (rowIds, seq) =>
        write(async () => {
          this.#oracle.recorded(this, rowsOf(rowIds));
          await inner.recordRows(rowIds, seq);
        }),
      removeRows: (rowIds) =>
        write(async () => {
          this.#oracle.removed(this, rowsOf(rowIds));
          await inner.removeRows(rowIds);
        }),
      replaceRows: (rowIds: readonly string[], row: JournalRow) =>
        write(async () => {
          await inner.replaceRows(rowIds, row);
          this.#oracle.durable(this, [row]);
        }),
      generationOf: (room) => read(() => inner.generationOf(room)),
      putAside: (draft, options) =>
        write(async () => {
          const unsent = (await inner.rowsOf(draft.room)).filter((row) => row.recordedSeq === null);
          const done = await inner.putAside(draft, options);
          const kept = this.disk.drafts.get(draft.draftId)?.draft;
          if (done && kept) this.#oracle.putAside(this, kept, unsent);
          return done;
        }),
      drafts: () => read(() => inner.drafts()),
      removeDraft: (draftId) => write(() => inner.removeDraft(draftId)),
      isBorn: () => read(() => inner.isBorn()),
      openCache: async (room, doc) => {
        await access();
        if (machine.chance.happens(this.cacheTroubles)) {
          this.hasLostCache = true;
          return LATE;
        }
        const cache = await inner.openCache(room, doc);
        return this.#cacheOf(cache, room, access);
      },
      readCache: (room) => read(() => inner.readCache(room)),
      writeCache: (room, updates) =>
        write(async () => {
          for (const update of updates) this.#oracle.cached(this, room, update);
          await inner.writeCache(room, updates);
        }),
      heldRooms: () => read(() => inner.heldRooms()),
      roomCursor: (room) => read(() => inner.roomCursor(room)),
      noteCursor: (room, cursor) => write(() => inner.noteCursor(room, cursor)),
      feed: () => read(() => inner.feed()),
      noteFeed: (notes) => write(() => inner.noteFeed(notes)),
      forgetRoom: (room) =>
        write(async () => {
          const isGone = await inner.forgetRoom(room);
          // What a right that was taken away removed here, the server has.
          if (isGone) this.hasLostCache = true;
          return isGone;
        }),
    };
  }

  /** A context has died: what it held is free. */
  died(machine: Machine): void {
    this.#locks.died(machine);
  }

  /** A cache loses rows from any place: the last ones that were not on the disk yet, or others that it could not keep. */
  loseCacheRows(room: RoomName, chance: Chance): void {
    const rows = this.disk.cache.get(room);
    if (!rows || rows.length === 0) return;
    const from = chance.happens(0.5) ? Math.max(0, rows.length - 3) : chance.below(rows.length);
    rows.splice(from, 1 + chance.below(3));
    this.hasLostCache = true;
  }

  #cacheOf(inner: DocumentCache, room: RoomName, access: () => Promise<void>): DocumentCache {
    return {
      health: inner.health,
      write: (update) => {
        this.#oracle.cached(this, room, update);
        void access().then(() => {
          if (!this.isFull) inner.write(update);
        });
      },
      close: async () => {
        await access();
        await inner.close();
      },
    };
  }

  #sentinel(): Sentinel {
    return {
      has: async (name) => this.#sentinels.has(name),
      add: async (name) => void this.#sentinels.add(name),
      erase: async () => this.#sentinels.clear(),
    };
  }

  #channel(name: string, machine: Machine): ContextChannel {
    const all = this.#channels.get(name) ?? new Set<Listening>();
    this.#channels.set(name, all);
    const own: Listening = { machine, listeners: new Set(), lastAt: 0 };
    all.add(own);
    return {
      post: (message) => {
        for (const other of all) {
          if (other === own) continue;
          const copy = structuredClone(message);
          const { now } = this.#scheduler;
          other.lastAt = Math.max(other.lastAt, now + machine.chance.between(0, 3));
          this.#scheduler.after(other.machine, other.lastAt - now, () => {
            for (const listener of other.listeners) listener(copy);
          });
        }
      },
      listen: (listener) => {
        own.listeners.add(listener);
        return () => own.listeners.delete(listener);
      },
      close: () => all.delete(own),
    };
  }
}

interface Listening {
  readonly machine: Machine;
  readonly listeners: Set<(message: unknown) => void>;
  lastAt: number;
}

const LATE: DocumentCache = { health: 'late', write: () => {}, close: async () => {} };
