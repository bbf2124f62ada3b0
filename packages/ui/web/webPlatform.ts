import {
  browserPorts,
  browserTimers,
  createIndexedDbStore,
  createReplica,
  eraseScope,
  httpServer,
} from '@liasse/core/replica';
import { makeAccountPlatform, type Platform } from '../src/index.ts';
import { openDurableKeys } from './durableKeys.ts';
import { updatePort } from './update.ts';

/** The platform of the web app: its own origin is its server, its session a cookie that no script reads. */
export async function makeWebPlatform(): Promise<Platform> {
  const ports = browserPorts();
  const account = makeAccountPlatform({
    store: await openDurableKeys('liasse.'),
    random: ports.random,
    clock: ports.clock,
    credential: 'cookie',
    serverAt: (origin, _bearer, account) => httpServer(origin, account === undefined ? {} : { account }),
    makeReplica: (options) => {
      keepStorage();
      return createReplica({
        ...options,
        follows: true,
        store: createIndexedDbStore(options.scope, browserTimers),
        ports,
      });
    },
    eraseScope: (scope) => eraseScope(scope, ports),
    onWake,
    web: { origin: location.origin, goTo: (url) => location.assign(url), tab: sessionStorage },
  });
  return {
    ...account,
    kind: 'web',
    fixedServer: { subscribe: () => () => {}, getSnapshot: () => null },
    rememberDossiers: () => {},
    rememberPieces: () => {},
    openAddress: (url) => void window.open(url, '_blank', 'noopener,noreferrer'),
    clip: null,
    complete: null,
    update: updatePort(),
  };
}

let asked = false;

/**
 * Asks the browser not to wipe what is stored here, once there is something: not before the first gesture in the app, when
 * Firefox would show its question to somebody who has only looked.
 */
function keepStorage(): void {
  if (asked || !('storage' in navigator)) return;
  asked = true;
  const ask = async () => {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  };
  addEventListener('keydown', () => void ask(), { once: true });
}

function onWake(listener: () => void): () => void {
  const looked = () => {
    if (document.visibilityState === 'visible') listener();
  };
  addEventListener('online', listener);
  document.addEventListener('visibilitychange', looked);
  return () => {
    removeEventListener('online', listener);
    document.removeEventListener('visibilitychange', looked);
  };
}
