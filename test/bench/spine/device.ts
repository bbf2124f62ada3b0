import type { AccountId } from '@liasse/core';
import type { Session } from '@liasse/core/protocol';
import {
  createMemoryProfile,
  createReplica,
  type HttpServer,
  httpServer,
  type Replica,
  type SocketLike,
} from '@liasse/core/replica';
import { random } from './content.ts';

/** A device of the product in a Node process: the real replica, its disk in memory. @param through - the address it uses for the server */
export function deviceOf({ bearer, me }: Session, through: string): Replica {
  return deviceWith(httpServer(through, { bearer: () => bearer }), { address: through, person: me.account });
}

/** The same, with a server that one describes oneself. */
export function deviceWith(
  server: HttpServer,
  { address, person }: { readonly address: string; readonly person: { readonly id: AccountId; readonly name: string } },
): Replica {
  const { store, ports } = createMemoryProfile({
    clock: { now: () => Date.now() },
    random,
    timers: {
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    dial: (url, protocols) => new WebSocket(url, [...protocols]) as SocketLike,
  }).context();
  const scope = { server: address, account: person.id, generation: 1 };
  return createReplica({ scope, server, store, ports, person: { name: person.name }, roleOf: () => 'editor' });
}
