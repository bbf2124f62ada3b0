import type { Locks, Release } from '@liasse/core/replica';
import type { Machine, Scheduler } from './scheduler.ts';

interface Holder {
  readonly machine: Machine;
}

interface Lock {
  readonly shared: Set<Holder>;
  exclusive: Holder | null;
  waiting: { readonly machine: Machine; readonly wake: () => void }[];
}

/** Web Locks as far as they are used: shared ones wait for an exclusive one, which is only ever tried. */
export class SimLocks {
  readonly #scheduler: Scheduler;
  readonly #locks = new Map<string, Lock>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  of(machine: Machine): Locks {
    const soon = () => new Promise<void>((resolve) => this.#scheduler.after(machine, 0, resolve));
    return {
      shared: async (name, signal) => {
        const lock = this.#lock(name);
        await soon();
        while (lock.exclusive !== null) {
          await new Promise<void>((wake) => lock.waiting.push({ machine, wake }));
        }
        signal.throwIfAborted();
        const holder = { machine };
        lock.shared.add(holder);
        return () => lock.shared.delete(holder);
      },
      tryExclusive: async (name): Promise<Release | null> => {
        const lock = this.#lock(name);
        await soon();
        if (lock.exclusive !== null || lock.shared.size > 0) return null;
        const holder = { machine };
        lock.exclusive = holder;
        return () => {
          if (lock.exclusive === holder) this.#freeExclusive(lock);
        };
      },
    };
  }

  died(machine: Machine): void {
    for (const lock of this.#locks.values()) {
      for (const holder of lock.shared) if (holder.machine === machine) lock.shared.delete(holder);
      if (lock.exclusive?.machine === machine) this.#freeExclusive(lock);
    }
  }

  #freeExclusive(lock: Lock): void {
    lock.exclusive = null;
    for (const { machine, wake } of lock.waiting.splice(0)) this.#scheduler.after(machine, 0, wake);
  }

  #lock(name: string): Lock {
    const lock = this.#locks.get(name) ?? { shared: new Set<Holder>(), exclusive: null, waiting: [] };
    this.#locks.set(name, lock);
    return lock;
  }
}
