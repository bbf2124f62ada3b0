import { type AccountPorts, accountsAt } from './accountPorts.ts';
import type { Kept } from './keyStore.ts';
import { expired, heardOf, type StoredSession } from './session.ts';

/**
 * Asks the server for news of the account when the app starts and when the network may be back: teams joined elsewhere,
 * rights that changed, a session that expired. An answer that does not come changes nothing.
 */
export function followAccount(ports: Pick<AccountPorts, 'serverAt' | 'onWake'>, stored: Kept<StoredSession>): void {
  const ask = async () => {
    const { server, farewell } = stored.getSnapshot();
    if (farewell) {
      const outcome = await accountsAt(ports, farewell).signOut();
      if (outcome.ok || outcome.code === 'signed-out')
        stored.update((now) => (now.farewell?.origin === farewell.origin ? { ...now, farewell: null } : now));
    }
    if (!server) return;
    const outcome = await accountsAt(ports, server).me();
    stored.update((now) => {
      if (now.server?.origin !== server.origin || now.server.account !== server.account) return now;
      if (outcome.ok) return heardOf(now, outcome.value);
      return outcome.code === 'signed-out' ? expired(now) : now;
    });
  };
  let asking = false;
  const askOnce = () => {
    if (asking) return;
    asking = true;
    void ask().finally(() => {
      asking = false;
    });
  };
  ports.onWake(askOnce);
  askOnce();
}
