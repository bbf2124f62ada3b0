import type { AccountId } from '@liasse/core';
import type { RoomsClient } from '@liasse/core/replica';
import type { AccountPorts } from './accountPorts.ts';
import type { Outcome, RoomsPort } from './platform.ts';

/** @param server - the server signed in to now, if any */
export function makeRoomsPort(
  ports: Pick<AccountPorts, 'serverAt'>,
  server: () => { readonly origin: string; readonly account: AccountId; readonly bearer: string | null } | null,
): RoomsPort {
  const asking = async <T>(ask: (rooms: RoomsClient) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const now = server();
    if (now === null) return { ok: false, code: 'signed-out' };
    return ask(ports.serverAt(now.origin, () => now.bearer, now.account).rooms);
  };
  return {
    versions: (room) => asking((rooms) => rooms.versions(room)),
    version: (room, seq) => asking((rooms) => rooms.version(room, seq)),
    erase: async (room) => {
      const answer = await asking((rooms) => rooms.erase(room));
      // Asked for twice, or by two people: it is gone.
      return !answer.ok && answer.code === 'not-found' ? { ok: true, value: null } : answer;
    },
  };
}
