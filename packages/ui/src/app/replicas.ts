import { assert } from '@liasse/core';
import type { Replica, Scope } from '@liasse/core/replica';
import type { AccountPorts } from './accountPorts.ts';
import type { Kept } from './keyStore.ts';
import { localScope, type StoredSession, sampleScope, serverScope, sessionState } from './session.ts';

/** The replicas of this page: one per scope, made when first asked for. */
export interface Replicas {
  of(scope: Scope): Replica;
  /** Closes one, once everything in it is durable. */
  drop(scope: Scope): Promise<void>;
}

/** Every scope the session knows. */
export function scopesOf(session: StoredSession): readonly Scope[] {
  return [
    localScope(session),
    ...(session.sample ? [sampleScope(session.sample)] : []),
    ...(session.server ? [serverScope(session.server)] : []),
  ];
}

const keyOf = (scope: Scope): string => `${scope.server}/${scope.account}/${scope.generation}`;

export function openReplicas(
  ports: Pick<AccountPorts, 'makeReplica' | 'serverAt'>,
  stored: Kept<StoredSession>,
): Replicas {
  const made = new Map<string, Replica>();

  const drop = async (scope: Scope) => {
    const replica = made.get(keyOf(scope));
    made.delete(keyOf(scope));
    await replica?.close();
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
          server: local ? null : ports.serverAt(scope.server, () => stored.getSnapshot().server?.bearer ?? null),
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
