/** A message that passes. It is never the only way to do what its buttons do. */
export interface ToastMessage {
  readonly message: string;
  /** One more thing that can be done: *Ouvrir*. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Takes back what was just done; shown as *Annuler*. */
  readonly undo?: () => void;
  /** `danger`: something was refused. */
  readonly tone?: 'danger';
}

/** A message on screen. */
export interface ShownToast extends ToastMessage {
  readonly id: number;
}

/** Timers come in, so that tests do not wait. */
export interface ToastTimers {
  set(run: () => void, ms: number): () => void;
  now(): number;
}

const SHOWN_MS = 8_000;
/** More than this would cover the work; the oldest leaves first. */
const AT_MOST = 3;

/** The messages on screen and how long each still stays. */
export class Toasts {
  readonly #timers: ToastTimers;
  readonly #listeners = new Set<() => void>();
  #shown: readonly ShownToast[] = [];
  #left = new Map<number, number>();
  #running = new Map<number, { since: number; cancel: () => void }>();
  #paused = false;
  #nextId = 1;

  constructor(timers: ToastTimers) {
    this.#timers = timers;
  }

  /** Shows a message for 8 s, not counting the time it is paused; returns its id. */
  readonly show = (toast: ToastMessage): number => {
    const id = this.#nextId++;
    this.#shown = [...this.#shown, { ...toast, id }];
    this.#left.set(id, SHOWN_MS);
    if (!this.#paused) this.#start(id);
    const [oldest] = this.#shown;
    if (oldest && this.#shown.length > AT_MOST) this.dismiss(oldest.id);
    this.#notify();
    return id;
  };

  readonly dismiss = (id: number): void => {
    this.#running.get(id)?.cancel();
    this.#running.delete(id);
    this.#left.delete(id);
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
    // A pointer does not always leave what vanished below it.
    if (this.#shown.length === 0) this.#paused = false;
    this.#notify();
  };

  /** A pointer or the focus is on them: nobody loses what they are reading. */
  readonly pause = (): void => {
    if (this.#paused) return;
    this.#paused = true;
    for (const [id, { since, cancel }] of this.#running) {
      cancel();
      this.#left.set(id, (this.#left.get(id) ?? 0) - (this.#timers.now() - since));
    }
    this.#running.clear();
  };

  readonly resume = (): void => {
    if (!this.#paused) return;
    this.#paused = false;
    for (const { id } of this.#shown) this.#start(id);
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): readonly ShownToast[] => this.#shown;

  /** Stops every timer. */
  close(): void {
    for (const { id } of this.#shown) this.dismiss(id);
  }

  #start(id: number): void {
    const left = Math.max(0, this.#left.get(id) ?? 0);
    this.#running.set(id, { since: this.#timers.now(), cancel: this.#timers.set(() => this.dismiss(id), left) });
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
