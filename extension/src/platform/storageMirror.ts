import type { KeyStore } from '@liasse/ui/account';

/** What is used of `chrome.storage.local`. */
export interface StorageArea {
  get(keys: string | string[] | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
  readonly onChanged: {
    addListener(listener: (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>) => void): void;
  };
}

/** A `KeyStore` over extension storage, with a way to wait until what was written is there. */
export interface StorageMirror extends KeyStore {
  /** Resolves when every write so far is stored. */
  written(): Promise<void>;
}

/** Reads extension storage whole, then answers from memory; writes go through, and other contexts' writes come in. */
export async function openStorageMirror(area: StorageArea): Promise<StorageMirror> {
  const texts = new Map<string, string>();
  /** Own writes whose event has not come yet: an event of an older one must not undo a newer. */
  const echoes = new Map<string, (string | null)[]>();
  const listeners = new Set<(key: string) => void>();
  let last: Promise<unknown> = Promise.resolve();

  area.onChanged.addListener((changes) => {
    for (const [key, change] of Object.entries(changes)) {
      const text = typeof change.newValue === 'string' ? change.newValue : null;
      const own = echoes.get(key);
      if (own?.[0] === text) {
        own.shift();
        continue;
      }
      // Another context wrote while an own write was on its way: that one comes later, and stands.
      if (own !== undefined && own.length > 0) continue;
      if (text === (texts.get(key) ?? null)) continue;
      if (text === null) texts.delete(key);
      else texts.set(key, text);
      for (const listener of [...listeners]) listener(key);
    }
  });
  for (const [key, value] of Object.entries(await area.get(null))) if (typeof value === 'string') texts.set(key, value);

  return {
    read: (key) => texts.get(key) ?? null,
    write: (key, text) => {
      if (text === (texts.get(key) ?? null)) return;
      echoes.set(key, [...(echoes.get(key) ?? []), text]);
      if (text === null) texts.delete(key);
      else texts.set(key, text);
      last = last.then(() => (text === null ? area.remove(key) : area.set({ [key]: text })));
    },
    onElsewhere: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    written: async () => void (await last),
  };
}
