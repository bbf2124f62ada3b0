import type { AccountId, TeamId } from '@liasse/core';
import type { Members, Role } from '@liasse/core/protocol';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { usePlatform, useSession, useWorkspace } from './context.tsx';
import type { Outcome, Platform } from './platform.ts';

/** The members of one team, asked of the server when first looked at; what this device last heard stays while it is away. */
interface Roll {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => Members;
  /** Asks the server now, however fresh what is known. */
  readonly ask: () => Promise<void>;
  /** The server has just said who is in the team. */
  readonly hear: (members: Members) => void;
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
    hear(answer.value);
  };
  const hear = (heard: Members) => {
    members = heard;
    for (const listener of [...listeners]) listener();
  };
  return {
    ask,
    hear,
    subscribe: (listener) => {
      const own = () => listener();
      listeners.add(own);
      if (platform.clock.now() - askedAt > FRESH_MS) void ask();
      return () => listeners.delete(own);
    },
    getSnapshot: () => members,
  };
}

const LOCAL: Roll = { subscribe: () => () => {}, getSnapshot: () => NOBODY, ask: async () => {}, hear: () => {} };

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

/** The same, asked anew: for where people decide about them. */
export function useMembersNow(): Members {
  const platform = usePlatform();
  const { local, team } = useWorkspace();
  useEffect(() => {
    if (!local) void rollOf(platform, team.id).ask();
  }, [platform, local, team.id]);
  return useMembers();
}

/** Gives a member of the team on screen another role, or with null takes them out of it. */
export function useSetRole(): (account: AccountId, role: Role | null) => Promise<Outcome<Members>> {
  const platform = usePlatform();
  const { team } = useWorkspace();
  return useCallback(
    async (account, role) => {
      const outcome = await platform.setRole(team.id, account, role);
      if (outcome.ok) rollOf(platform, team.id).hear(outcome.value);
      return outcome;
    },
    [platform, team.id],
  );
}

/** Names by account, also under the accounts that members had before their team had a server. */
export function namesOf(members: Members): ReadonlyMap<AccountId, string> {
  const entries = members.flatMap(({ accountId, name, formerly = [] }) =>
    [...formerly, accountId].map((account) => [account, name] as const),
  );
  return new Map(entries);
}

/** The name of an account, or null when this device has never heard it. */
export function useNameOf(): (account: AccountId) => string | null {
  const members = useMembers();
  const names = useMemo(() => namesOf(members), [members]);
  return useCallback((account) => names.get(account) ?? null, [names]);
}
