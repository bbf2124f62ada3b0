import type { Session } from '@liasse/core/protocol';
import { createMemoryProfile, createReplica, httpServer, type Replica, type SocketLike } from '@liasse/core/replica';
import { random } from '../../bench/spine/content.ts';

/** A device of the product: the real replica, its disk in memory. @param through - the address it uses for the server */
export function deviceOf(session: Session, through: string): Replica {
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
  const { id: account, name } = session.me.account;
  const server = httpServer(through, { bearer: () => session.bearer });
  const scope = { server: through, account, generation: 1 };
  return createReplica({ scope, server, store, ports, person: { name }, roleOf: () => 'editor' });
}

export async function signIn(url: string): Promise<Session> {
  const form = { email: 'amira@example.fr', password: 'une phrase bien longue' };
  const answer = await httpServer(url, { bearer: () => null }).accounts.signIn(form);
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer.value;
}
