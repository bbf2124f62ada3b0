import type { Chance } from './chance.ts';
import { realImmediate } from './virtualGlobals.ts';

/** Something whose code runs until it crashes: a context of a browser profile, or the server's process. */
export interface Machine {
  readonly name: string;
  readonly chance: Chance;
  /** What its clock shows beyond the true time. */
  readonly skewMs: number;
  isAlive: boolean;
}

interface Task {
  readonly at: number;
  readonly order: number;
  readonly machine: Machine | null;
  readonly run: () => void;
  isCancelled: boolean;
}

/** When each simulation begins, so that a clock 400 days late still shows a sane date. */
const BEGINNING = 1_800_000_000_000;

/** Virtual time: one task after the other, each with all the promises that it settles, on the machine that planned it. */
export class Scheduler {
  /** The true time, ms. */
  now = BEGINNING;
  /** Whose code runs; null for the simulation's own. */
  current: Machine | null = null;
  /** Tasks run so far. */
  steps = 0;
  readonly #heap: Task[] = [];
  #planned = 0;

  get elapsedMs(): number {
    return this.now - BEGINNING;
  }

  /** Runs on a machine in `delayMs`, unless it has crashed by then; returns its cancel. */
  after(machine: Machine | null, delayMs: number, run: () => void): () => void {
    this.#planned += 1;
    const at = this.now + Math.max(0, Number.isFinite(delayMs) ? delayMs : 0);
    const task: Task = { at, order: this.#planned, machine, run, isCancelled: false };
    this.#push(task);
    return () => {
      task.isCancelled = true;
    };
  }

  /** Plays until that time, or until `isOver` says so between two tasks. */
  async play(untilMs: number, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const next = this.#heap[0];
      if (!next || next.at > untilMs) break;
      this.#pop();
      if (next.isCancelled || next.machine?.isAlive === false) continue;
      this.now = next.at;
      this.current = next.machine;
      this.steps += 1;
      next.run();
      await new Promise<void>((resolve) => realImmediate(resolve));
      this.current = null;
    }
    if (!isOver()) this.now = Math.max(this.now, untilMs);
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(task);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent] as Task, task)) break;
      heap[at] = heap[parent] as Task;
      at = parent;
    }
    heap[at] = task;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Task;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Task, heap[child] as Task)) child += 1;
      if (isBefore(last, heap[child] as Task)) break;
      heap[at] = heap[child] as Task;
      at = child;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Task, b: Task): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
