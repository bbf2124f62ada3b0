import { browserPorts, createIndexedDbStore, createReplica, eraseScope, httpServer } from '@liasse/core/replica';
import {
  type AccountPorts,
  FIRST_PREFERENCES,
  firstSession,
  PREFERENCES_KEY,
  parsePreferences,
  parseSession,
  SESSION_KEY,
} from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { forgetRecent } from './forgetRecent.ts';
import { KnownPolicy } from './knownPolicy.ts';
import { allowsServer } from './policy.ts';
import { extensionSentinel } from './sentinel.ts';
import { openStorageMirror, type StorageMirror } from './storageMirror.ts';

/** What the extension's pages and its worker bring to accounts and replicas. */
export type ExtensionPorts = AccountPorts & { readonly store: StorageMirror };

/** Opens the ports. When this resolves, the device has a session, and the same one in every context. */
export async function openAccountPorts(): Promise<ExtensionPorts> {
  const area = browser.storage.local;
  await ensureSession();
  const store = await openStorageMirror(area);
  const ports = browserPorts({ sentinel: extensionSentinel(area) });
  const policy = new KnownPolicy(store);
  return {
    store,
    random: ports.random,
    clock: ports.clock,
    credential: 'bearer',
    serverAt: (origin, bearer) => httpServer(origin, { bearer }),
    makeReplica: (options) =>
      createReplica({
        ...options,
        ports,
        store: createIndexedDbStore(options.scope, ports.timers),
        // A worker has no document, and follows when an alarm wakes it.
        follows: typeof document !== 'undefined',
      }),
    eraseScope: (scope) => eraseScope(scope, ports),
    browserSignIn: {
      timers: ports.timers,
      locks: ports.locks,
      open: (url) => void browser.tabs.create({ url }),
      // The policy may have changed since the person was asked.
      allows: async (origin) => allowsServer(await policy.standing(), origin),
    },
    forgetLists: () => void forgetRecent(store),
    onWake: (listener) => {
      // A worker has no document, and is not woken by looking at it.
      const looked = () => document.visibilityState === 'visible' && listener();
      const page = typeof document === 'undefined' ? null : document;
      globalThis.addEventListener('online', listener);
      page?.addEventListener('visibilitychange', looked);
      return () => {
        globalThis.removeEventListener('online', listener);
        page?.removeEventListener('visibilitychange', looked);
      };
    },
  };
}

/**
 * Makes the first session, once: two contexts that start together on a new device would make two, and what is saved under
 * one would not be found under the other.
 */
async function ensureSession(): Promise<void> {
  const area = browser.storage.local;
  await navigator.locks.request('liasse-first-session', async () => {
    const { [SESSION_KEY]: found, [PREFERENCES_KEY]: chosen } = await area.get([SESSION_KEY, PREFERENCES_KEY]);
    if (typeof found === 'string' && parseSession(found) !== null) return;
    const { language } = parsePreferences(typeof chosen === 'string' ? chosen : null) ?? FIRST_PREFERENCES;
    const random = browserPorts({ sentinel: extensionSentinel(area) }).random;
    await area.set({ [SESSION_KEY]: JSON.stringify(firstSession(random, language)) });
  });
}
