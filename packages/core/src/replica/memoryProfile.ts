import type { Clock, Randomness } from '../index.ts';
import type { DeviceStore } from './deviceStore.ts';
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './memoryStore.ts';
import type { ContextChannel, Locks, Release, ReplicaPorts, Sentinel, SocketLike, Timers } from './ports.ts';

/** A browser profile in memory: one disk, and the contexts (pages, workers) that share it. For tests and simulations. */
export interface MemoryProfile {
  readonly disk: MemoryDisk;
  /** Names that the sentinel holds: outside the disk, as localStorage is outside IndexedDB. */
  readonly held: Set<string>;
  context(): MemoryContext;
}

export interface MemoryContext {
  readonly store: DeviceStore;
  readonly ports: ReplicaPorts;
  /** The network may be back. */
  wake(): void;
  /** The context dies as a crashed tab does: no timer fires, no write commits, nothing is closed in order. */
  kill(): void;
}

export interface MemoryWorld {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly timers: Timers;
  readonly dial: (url: string, protocols: readonly string[]) => SocketLike;
}

/** A profile whose time, chance and network are the world's. */
export function createMemoryProfile(world: MemoryWorld): MemoryProfile {
  const disk = createMemoryDisk();
  const held = new Set<string>();
  const hub = new ChannelHub();
  const locks = new MemoryLocks();
  const sentinel: Sentinel = {
    has: async (name) => held.has(name),
    add: async (name) => void held.add(name),
    erase: async (prefix) => {
      for (const name of held) if (name.startsWith(prefix)) held.delete(name);
    },
  };

  const context = (): MemoryContext => {
    const life = new AbortController();
    const wakes = new Set<() => void>();
    const sockets = new Set<SocketLike>();
    return {
      store: createMemoryStore(disk, life.signal),
      ports: {
        clock: world.clock,
        random: world.random,
        sentinel,
        timers: {
          after: (delayMs, run) =>
            world.timers.after(delayMs, () => {
              if (!life.signal.aborted) run();
            }),
        },
        locks: locks.of(life.signal),
        page: {
          onWake: (listener) => {
            wakes.add(listener);
            return () => wakes.delete(listener);
          },
          onHide: () => () => {},
        },
        channel: (name) => hub.open(name, life.signal),
        dial: (url, protocols) => {
          const socket = world.dial(url, protocols);
          sockets.add(socket);
          return socket;
        },
      },
      wake: () => {
        for (const wake of wakes) wake();
      },
      kill: () => {
        life.abort();
        for (const socket of sockets) {
          socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
          socket.close();
        }
      },
    };
  };
  return { disk, held, context };
}

/** Channels by name, heard a moment later and never by the sender, as BroadcastChannel is. */
class ChannelHub {
  readonly #open = new Map<string, Set<(message: unknown) => void>>();

  open(name: string, life: AbortSignal): ContextChannel {
    const all = this.#open.get(name) ?? new Set();
    this.#open.set(name, all);
    const own = new Set<(message: unknown) => void>();
    const hear = (message: unknown) => {
      if (!life.aborted) for (const listener of own) listener(message);
    };
    all.add(hear);
    return {
      post: (message) => {
        if (life.aborted) return;
        const copy = structuredClone(message);
        for (const other of all) if (other !== hear) queueMicrotask(() => other(copy));
      },
      listen: (listener) => {
        own.add(listener);
        return () => own.delete(listener);
      },
      close: () => all.delete(hear),
    };
  }
}

interface LockState {
  readonly shared: Set<object>;
  exclusive: object | null;
  readonly waiting: (() => void)[];
}

/** Web Locks as far as they are used: shared ones wait for an exclusive one, which is only ever tried. */
class MemoryLocks {
  readonly #locks = new Map<string, LockState>();

  of(life: AbortSignal): Locks {
    return {
      shared: async (name, signal) => {
        const lock = this.#lock(name);
        while (lock.exclusive !== null) await new Promise<void>((resolve) => lock.waiting.push(resolve));
        signal.throwIfAborted();
        const holder = {};
        lock.shared.add(holder);
        return this.#releaser(life, () => lock.shared.delete(holder));
      },
      tryExclusive: async (name) => {
        // What a dead context had begun goes nowhere.
        if (life.aborted) await new Promise<never>(() => {});
        const lock = this.#lock(name);
        if (lock.exclusive !== null || lock.shared.size > 0) return null;
        lock.exclusive = {};
        return this.#releaser(life, () => {
          lock.exclusive = null;
          for (const wake of lock.waiting.splice(0)) wake();
        });
      },
    };
  }

  #lock(name: string): LockState {
    const lock = this.#locks.get(name) ?? { shared: new Set(), exclusive: null, waiting: [] };
    this.#locks.set(name, lock);
    return lock;
  }

  #releaser(life: AbortSignal, giveBack: () => void): Release {
    let held = true;
    const release = () => {
      if (held) giveBack();
      held = false;
    };
    life.addEventListener('abort', release, { once: true });
    return release;
  }
}
