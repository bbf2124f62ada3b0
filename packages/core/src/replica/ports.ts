import type { Clock, Randomness } from '../index.ts';

/** What the replica asks of the browser. Everything that waits, listens or chances comes in through here. */
export interface ReplicaPorts {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly timers: Timers;
  readonly locks: Locks;
  readonly sentinel: Sentinel;
  readonly page: PageSignals;
  /** Opens the channel of that name between the contexts of one profile. */
  channel(name: string): ContextChannel;
  dial(url: string, protocols: readonly string[]): SocketLike;
}

export interface Timers {
  /** Runs once, `delayMs` from now; returns its cancel. */
  after(delayMs: number, run: () => void): () => void;
}

/** Messages between the contexts of one profile (pages, side panel, service worker). One's own are not heard. */
export interface ContextChannel {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): () => void;
  close(): void;
}

/** Gives a lock back. */
export type Release = () => void;

/** Locks across the contexts of one profile; a context that dies gives its own back. */
export interface Locks {
  /** Waits until nobody holds it exclusively; rejects when the signal aborts. */
  shared(name: string, signal: AbortSignal): Promise<Release>;
  /** Takes it when nobody holds it at all, else null. */
  tryExclusive(name: string): Promise<Release | null>;
}

/** A small durable table outside IndexedDB that says what IndexedDB should hold: “empty” is then never taken for “new”. */
export interface Sentinel {
  has(name: string): Promise<boolean>;
  add(name: string): Promise<void>;
  /** Removes every name that starts so. */
  erase(prefix: string): Promise<void>;
}

/** Hints of the page. They hurry things, and decide nothing. */
export interface PageSignals {
  /** The network may be back. */
  onWake(listener: () => void): () => void;
  /** The page may not come back. */
  onHide(listener: () => void): () => void;
}

/** What is used of a WebSocket. */
export interface SocketLike {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: Event) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}
