import type { ContextChannel, Locks, PageSignals, ReplicaPorts, Sentinel, SocketLike, Timers } from './ports.ts';

/** The ports of a page or a worker. A service worker has no localStorage: it brings its own sentinel. */
export function browserPorts(options: { sentinel?: Sentinel } = {}): ReplicaPorts {
  return {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    timers: browserTimers,
    locks: webLocks,
    sentinel: options.sentinel ?? storageSentinel(localStorage),
    page: pageSignals,
    channel: broadcastChannel,
    dial: (url, protocols) => new WebSocket(url, [...protocols]) as unknown as SocketLike,
  };
}

export const browserTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Sentinels in localStorage, or in anything shaped like it. */
export function storageSentinel(storage: Storage): Sentinel {
  return {
    has: async (name) => storage.getItem(name) !== null,
    add: async (name) => storage.setItem(name, '1'),
    erase: async (prefix) => {
      for (const name of Object.keys(storage)) if (name.startsWith(prefix)) storage.removeItem(name);
    },
  };
}

const webLocks: Locks = {
  shared: (name, signal) =>
    new Promise((resolve, reject) => {
      const held = () => new Promise<void>((release) => resolve(release));
      navigator.locks.request(name, { mode: 'shared', signal }, held).catch(reject);
    }),
  tryExclusive: (name) =>
    new Promise((resolve, reject) => {
      const held = (lock: Lock | null) =>
        lock === null ? resolve(null) : new Promise<void>((release) => resolve(release));
      navigator.locks.request(name, { ifAvailable: true }, held).catch(reject);
    }),
};

function broadcastChannel(name: string): ContextChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      const hear = (event: MessageEvent) => listener(event.data);
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    close: () => channel.close(),
  };
}

const pageSignals: PageSignals = {
  onWake: (listener) => {
    globalThis.addEventListener('online', listener);
    return () => globalThis.removeEventListener('online', listener);
  },
  onHide: (listener) => {
    const hidden = () => {
      if (typeof document !== 'undefined' && document.visibilityState === 'hidden') listener();
    };
    globalThis.addEventListener('pagehide', listener);
    globalThis.addEventListener('visibilitychange', hidden, { capture: true });
    return () => {
      globalThis.removeEventListener('pagehide', listener);
      globalThis.removeEventListener('visibilitychange', hidden, { capture: true });
    };
  },
};
