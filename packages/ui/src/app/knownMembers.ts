import { TeamId } from '@liasse/core';
import { Members } from '@liasse/core/protocol';
import { z } from 'zod';
import { type KeyStore, keep } from './keyStore.ts';

const Known = z.array(z.object({ team: TeamId, members: Members }));

/** The members of the account’s teams as the server last named them, so that people have names offline too. */
export interface KnownMembers {
  of(team: TeamId): Members;
  remember(team: TeamId, members: Members): void;
  forget(): void;
}

export function openKnownMembers(store: KeyStore): KnownMembers {
  const known = keep(store, 'members', parse, () => []);
  return {
    of: (team) => known.getSnapshot().find((one) => one.team === team)?.members ?? [],
    remember: (team, members) =>
      void known.update((before) => [...before.filter((one) => one.team !== team), { team, members }]),
    forget: () => void known.update(() => []),
  };
}

function parse(text: string | null): z.infer<typeof Known> | null {
  try {
    return text === null ? null : Known.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
