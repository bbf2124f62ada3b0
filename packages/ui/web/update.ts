import type { UpdatePort } from '../src/index.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * The service worker that starts the app offline, and its updates: looked for every hour, offered, and applied only in the
 * tab that asks.
 */
export function updatePort(): UpdatePort {
  const listeners = new Set<() => void>();
  let waiting: ServiceWorker | null = null;
  let isReady = false;
  const offer = (worker: ServiceWorker | null) => {
    waiting = worker;
    isReady = true;
    for (const listener of [...listeners]) listener();
  };
  // Vite's development server has no worker.
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void watch(offer);
  return {
    ready: {
      subscribe: (listener) => {
        const own = () => listener();
        listeners.add(own);
        return () => listeners.delete(own);
      },
      getSnapshot: () => isReady,
    },
    reload: () => {
      if (waiting === null || waiting.state !== 'installed') {
        location.reload();
        return;
      }
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage({ type: 'SKIP_WAITING' });
    },
  };
}

async function watch(offer: (worker: ServiceWorker | null) => void): Promise<void> {
  const { serviceWorker } = navigator;
  // The first worker ever takes nothing over: there is no older version to leave.
  if (serviceWorker.controller) {
    // Another tab asked for the new version. This one goes on with what it has loaded, until its person wants otherwise.
    serviceWorker.addEventListener('controllerchange', () => offer(null));
  }
  try {
    const registration = await serviceWorker.register('/sw.js');
    const offerInstalled = () => {
      if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
    };
    offerInstalled();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', offerInstalled);
    });
    setInterval(() => {
      // Fails without a network: the next hour will do.
      void registration.update().catch(() => {});
    }, HOUR_MS);
  } catch {
    // Storage refused, or a private window that has no workers: the app works as long as the network does.
  }
}
