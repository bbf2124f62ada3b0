import type { View } from '@liasse/core';

/**
 * Where small things of this device are kept, outside IndexedDB: read at once, written at once. `localStorage` in the web
 * app; in the extension a mirror of `storage.local`, read before the app is mounted.
 */
export interface KeyStore {
  read(key: string): string | null;
  /** `null` removes. */
  write(key: string, text: string | null): void;
  /** Calls `listener` when another context of this profile wrote `key`; returns its unsubscribe. */
  onElsewhere(listener: (key: string) => void): () => void;
}

/** One value of a `KeyStore`, as a view: this context's changes and the others' alike. */
export interface Kept<T> extends View<T> {
  /** Reads the value as it is stored now, changes it, stores it. Returns what was stored. */
  update(change: (value: T) => T): T;
}

/**
 * @param parse - null when there is nothing, or nothing that can be read: then `first` is made and stored
 */
export function keep<T>(
  store: KeyStore,
  key: string,
  parse: (text: string | null) => T | null,
  first: () => T,
): Kept<T> {
  const listeners = new Set<() => void>();
  let text = store.read(key);
  let value = parse(text) ?? write(first());

  function write(next: T): T {
    text = JSON.stringify(next);
    store.write(key, text);
    return next;
  }
  function reread(): void {
    const now = store.read(key);
    if (now === text) return;
    text = now;
    // Removed or unreadable elsewhere (the device was erased): this context starts anew as well.
    value = parse(now) ?? write(first());
  }
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  store.onElsewhere((changed) => {
    if (changed !== key) return;
    const before = value;
    reread();
    if (value !== before) notify();
  });

  return {
    subscribe: (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    getSnapshot: () => value,
    update: (change) => {
      // The event of another tab's write may not have come yet.
      reread();
      const next = change(value);
      if (next !== value) {
        value = write(next);
        notify();
      }
      return value;
    },
  };
}

/** A view of a part of another view; the same object until that part changed. */
export function derived<A, B>(view: View<A>, of: (value: A) => B): View<B> {
  let last: { from: A; value: B } | null = null;
  return {
    subscribe: view.subscribe,
    getSnapshot: () => {
      const from = view.getSnapshot();
      if (last?.from !== from) last = { from, value: of(from) };
      return last.value;
    },
  };
}

/** `localStorage`, shared by the tabs of one origin. */
export function localKeyStore(prefix: string): KeyStore {
  return {
    read: (key) => localStorage.getItem(prefix + key),
    write: (key, text) => {
      if (text === null) localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, text);
    },
    onElsewhere: (listener) => {
      const heard = (event: StorageEvent) => {
        // A null key means that everything was cleared.
        if (event.storageArea === localStorage && event.key?.startsWith(prefix))
          listener(event.key.slice(prefix.length));
      };
      addEventListener('storage', heard);
      return () => removeEventListener('storage', heard);
    },
  };
}
