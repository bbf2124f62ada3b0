import type { Sentinel } from '@liasse/core/replica';
import type { StorageArea } from './storageMirror.ts';

const PREFIX = 'held:';

/** The replica's sentinel in extension storage, which pages and the worker share: a worker has no localStorage. */
export function extensionSentinel(area: StorageArea): Sentinel {
  return {
    has: async (name) => PREFIX + name in (await area.get(PREFIX + name)),
    add: (name) => area.set({ [PREFIX + name]: 1 }),
    erase: async (prefix) => {
      const names = Object.keys(await area.get(null)).filter((key) => key.startsWith(PREFIX + prefix));
      if (names.length > 0) await area.remove(names);
    },
  };
}
