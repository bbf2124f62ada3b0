/**
 * Puts time and chance under the simulation, for our code and for the libraries under it (y-websocket and Yjs call the
 * globals). Must be imported before them: some keep `Date.now` or `getRandomValues` at load. Without a world, all is real.
 */
import { webcrypto } from 'node:crypto';

export interface VirtualWorld {
  /** ms, of the machine whose code runs. */
  now(): number;
  /** Runs on that machine, later; returns its cancel. */
  after(delayMs: number, run: () => void): () => void;
  /** In [0, 1). */
  fraction(): number;
}

let world: VirtualWorld | null = null;

/** From here on the globals are the world's; with null they are real again. */
export function enterWorld(next: VirtualWorld | null): void {
  world = next;
}

/** Comes after every promise that is settled by now. */
export const realImmediate = globalThis.setImmediate;
const realNow = Date.now;

class VirtualTimer {
  cancel: () => void = () => {};
  unref = (): this => this;
  ref = (): this => this;
  hasRef = (): boolean => false;
}

type Callback = (...args: unknown[]) => void;

const real = {
  setTimeout: globalThis.setTimeout as unknown as (run: Callback, ms?: number, ...args: unknown[]) => unknown,
  setInterval: globalThis.setInterval as unknown as (run: Callback, ms?: number, ...args: unknown[]) => unknown,
  setImmediate: globalThis.setImmediate as unknown as (run: Callback, ...args: unknown[]) => unknown,
  clear: globalThis.clearTimeout as unknown as (timer: unknown) => void,
  clearImmediate: globalThis.clearImmediate as unknown as (timer: unknown) => void,
  random: Math.random,
  getRandomValues: webcrypto.getRandomValues.bind(webcrypto),
};

function once(in_: VirtualWorld, ms: number, run: () => void): VirtualTimer {
  const timer = new VirtualTimer();
  timer.cancel = in_.after(ms, run);
  return timer;
}

function again(in_: VirtualWorld, ms: number, run: () => void): VirtualTimer {
  const timer = new VirtualTimer();
  const plan = () => {
    timer.cancel = in_.after(ms, () => {
      plan();
      run();
    });
  };
  plan();
  return timer;
}

const clearWith = (clear: (timer: unknown) => void) => (timer: unknown) => {
  if (timer instanceof VirtualTimer) timer.cancel();
  else clear(timer);
};

function randomValues<T extends ArrayBufferView>(into: T): T {
  if (world === null) return real.getRandomValues(into as unknown as Uint8Array<ArrayBuffer>) as unknown as T;
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = world.fraction() * 256;
  return into;
}

Object.assign(globalThis, {
  setTimeout: (run: Callback, ms = 0, ...args: unknown[]) =>
    world === null ? real.setTimeout(run, ms, ...args) : once(world, ms, () => run(...args)),
  setInterval: (run: Callback, ms = 0, ...args: unknown[]) =>
    world === null ? real.setInterval(run, ms, ...args) : again(world, ms, () => run(...args)),
  setImmediate: (run: Callback, ...args: unknown[]) =>
    world === null ? real.setImmediate(run, ...args) : once(world, 0, () => run(...args)),
  clearTimeout: clearWith(real.clear),
  clearInterval: clearWith(real.clear),
  clearImmediate: clearWith(real.clearImmediate),
});
Date.now = () => (world === null ? realNow() : world.now());
Math.random = () => (world === null ? real.random() : world.fraction());
Object.defineProperty(webcrypto, 'getRandomValues', { value: randomValues, configurable: true });
