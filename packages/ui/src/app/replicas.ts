import { assert } from '@liasse/core';
import type { Replica, Scope } from '@liasse/core/replica';
import type { AccountPorts } from './accountPorts.ts';
import type { Kept } from './keyStore.ts';
import { type StoredSession, scopesOf, sessionState } from './session.ts';

/** The replicas of this page: one per scope, made when first asked for. */
export interface Replicas {
  of(scope: Scope): Replica;
  /** Closes one, once everything in it is durable. */
  drop(scope: Scope): Promise<void>;
}

const keyOf = (scope: Scope): string => `${scope.server}/${scope.account}/${scope.generation}`;

export function openReplicas(
  ports: Pick<AccountPorts, 'makeReplica' | 'serverAt'>,
  stored: Kept<StoredSession>,
): Replicas {
  const made = new Map<string, Replica>();

  const closing = new Map<string, Promise<void>>();

  /** Never another account’s: somebody else may have come in before this replica was let go of. */
  const bearerOf = ({ server: origin, account }: Scope): string | null => {
    const { server } = stored.getSnapshot();
    return server?.origin === origin && server.account === account ? server.bearer : null;
  };
  const drop = (scope: Scope): Promise<void> => {
    const key = keyOf(scope);
    const replica = made.get(key);
    if (replica) {
      made.delete(key);
      closing.set(
        key,
        replica.close().finally(() => closing.delete(key)),
      );
    }
    return closing.get(key) ?? Promise.resolve();
  };
  // Another tab signed out, or erased the device: this one lets go of what is no longer this person's.
  stored.subscribe(() => {
    const known = new Set(scopesOf(stored.getSnapshot()).map(keyOf));
    for (const [key, replica] of made) if (!known.has(key)) void drop(replica.scope);
  });

  return {
    drop,
    of: (scope) => {
      let replica = made.get(keyOf(scope));
      if (!replica) {
        const local = scope.server === 'local';
        const { server } = stored.getSnapshot();
        assert(local || server?.account === scope.account, 'a scope of nobody signed in here');
        replica = ports.makeReplica({
          scope,
          server: local ? null : ports.serverAt(scope.server, () => bearerOf(scope), scope.account),
          person: sessionState(stored.getSnapshot()).person,
          // A team that is no longer known here is one whose rights are gone.
          roleOf: (id) =>
            sessionState(stored.getSnapshot()).workspaces.find(({ team }) => team.id === id)?.team.role ?? 'reader',
        });
        made.set(keyOf(scope), replica);
      }
      return replica;
    },
  };
}
