import type { AccountId, TeamId } from '@liasse/core';
import type { Members } from '@liasse/core/protocol';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { usePlatform, useSession, useWorkspace } from './context.tsx';
import type { Platform } from './platform.ts';

/** The members of one team, asked of the server when first looked at; what this device last heard stays while it is away. */
interface Roll {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => Members;
}

const NOBODY: Members = [];
/** Asked again after this long, when a screen that names people opens. */
const FRESH_MS = 60_000;

const rolls = new WeakMap<Platform, Map<TeamId, Roll>>();

function rollOf(platform: Platform, team: TeamId): Roll {
  const ofPlatform = rolls.get(platform) ?? new Map<TeamId, Roll>();
  rolls.set(platform, ofPlatform);
  const roll = ofPlatform.get(team) ?? makeRoll(platform, team);
  ofPlatform.set(team, roll);
  return roll;
}

function makeRoll(platform: Platform, team: TeamId): Roll {
  const listeners = new Set<() => void>();
  let members = platform.knownMembers(team);
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = async () => {
    askedAt = platform.clock.now();
    const answer = await platform.members(team);
    if (!answer.ok) {
      askedAt = Number.NEGATIVE_INFINITY;
      return;
    }
    members = answer.value;
    for (const listener of [...listeners]) listener();
  };
  return {
    subscribe: (listener) => {
      const own = () => listener();
      listeners.add(own);
      if (platform.clock.now() - askedAt > FRESH_MS) void ask();
      return () => listeners.delete(own);
    },
    getSnapshot: () => members,
  };
}

const LOCAL: Roll = { subscribe: () => () => {}, getSnapshot: () => NOBODY };

/** The members of the team on screen, oneself included, as far as this device knows. */
export function useMembers(): Members {
  const platform = usePlatform();
  const { local, team, scope } = useWorkspace();
  const { person } = useSession();
  const roll = local ? LOCAL : rollOf(platform, team.id);
  const members = useSyncExternalStore(roll.subscribe, roll.getSnapshot);
  return useMemo(() => {
    if (members.some(({ accountId }) => accountId === scope.account)) return members;
    return [{ accountId: scope.account, name: person.name, role: team.role }, ...members];
  }, [members, scope.account, person.name, team.role]);
}

/** The name of an account, or null when this device has never heard it. */
export function useNameOf(): (account: AccountId) => string | null {
  const members = useMembers();
  return useCallback((account) => members.find(({ accountId }) => accountId === account)?.name ?? null, [members]);
}
