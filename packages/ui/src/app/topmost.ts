import type { View } from '@liasse/core';

/** Things on screen that cover one another: the one that came last is what counts. */
export interface Topmost<T> extends View<T | null> {
  /** Puts a thing on top; returns its removal. */
  put(thing: T): () => void;
}

export function makeTopmost<T>(): Topmost<T> {
  const listeners = new Set<() => void>();
  let things: readonly { readonly thing: T }[] = [];
  const set = (next: typeof things) => {
    things = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    subscribe: (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    getSnapshot: () => things.at(-1)?.thing ?? null,
    put: (thing) => {
      const entry = { thing };
      set([...things, entry]);
      return () => set(things.filter((other) => other !== entry));
    },
  };
}
