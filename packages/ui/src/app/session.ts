import { AccountId, newId, type Randomness, TeamId } from '@liasse/core';
import { type Me, Team } from '@liasse/core/protocol';
import type { Scope } from '@liasse/core/replica';
import { z } from 'zod';
import type { Language } from '../kit/language/i18n.ts';
import type { SessionState, Workspace } from './platform.ts';

/**
 * What a device remembers about who uses it: enough to open offline, with the session expired or the server gone.
 * Written by one function at a time and read again whole, so that two tabs agree.
 */
export const StoredSession = z.object({
  version: z.literal(1),
  /** The person of this device without a server. Made on first run, never sent anywhere. */
  local: z.object({ account: AccountId, name: z.string(), team: z.object({ id: TeamId, name: z.string() }) }),
  sample: z.object({ account: AccountId, team: z.object({ id: TeamId, name: z.string() }) }).nullable(),
  server: z
    .object({
      /** `https://liasse.example` */
      origin: z.string(),
      account: AccountId,
      name: z.string(),
      email: z.string(),
      /** Grows when local data is rebuilt after a refusal. */
      generation: z.number(),
      teams: z.array(Team),
      /** The extension's credential. The web app has an HttpOnly cookie instead, and null here. */
      bearer: z.string().nullable(),
      /** The server no longer knows the session. Everything stays readable and editable here. */
      expired: z.boolean(),
    })
    .nullable(),
  /** The team on screen; null for the first one. */
  current: TeamId.nullable(),
  /** A server that was away when the person signed out: told as soon as it answers. */
  farewell: z.object({ origin: z.string(), bearer: z.string().nullable() }).nullable(),
  /**
   * The local team that goes to a server, under its own id: the scope it came from, kept until the server has all of it. `moved`: it is shown
   * as a team of the server, and what was written in the former scope meanwhile follows.
   */
  publishing: z
    .object({
      account: AccountId,
      team: z.object({ id: TeamId, name: z.string() }),
      origin: z.string(),
      by: AccountId,
      moved: z.boolean(),
    })
    .nullable()
    .default(null),
  /** What the person had erased and is not gone yet: a browser may be closed in the middle. Nothing opens it again. */
  toErase: z.array(z.object({ server: z.string(), account: AccountId, generation: z.number() })).default([]),
});
export type StoredSession = z.infer<typeof StoredSession>;

/** What a device calls its person and their team before they say otherwise. Afterwards it is data like any other. */
const FIRST_NAMES = {
  fr: { person: 'Moi', team: 'Mon équipe' },
  en: { person: 'Me', team: 'My team' },
} as const;

/** A device that nobody has used yet. @param language - the interface's, which is not always the browser's */
export function firstSession(random: Randomness, language: Language): StoredSession {
  const names = FIRST_NAMES[language];
  return {
    version: 1,
    local: { account: localAccount(random), name: names.person, team: { id: newId<TeamId>(random), name: names.team } },
    sample: null,
    server: null,
    current: null,
    farewell: null,
    publishing: null,
    toErase: [],
  };
}

/** An account of this device alone. The prefix keeps it apart from any server's. */
function localAccount(random: Randomness): AccountId {
  return AccountId.parse(`local-${newId(random)}`);
}

/** Reads what was stored; null when there is nothing, or nothing this version can read. */
export function parseSession(text: string | null): StoredSession | null {
  if (text === null) return null;
  try {
    return StoredSession.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const localScope = (session: StoredSession): Scope => ({
  server: 'local',
  account: session.local.account,
  generation: 1,
});

const sampleScope = (sample: NonNullable<StoredSession['sample']>): Scope => ({
  server: 'local',
  account: sample.account,
  generation: 1,
});

/** Where a team that is being published came from. */
export const publishedScope = ({ account }: NonNullable<StoredSession['publishing']>): Scope => ({
  server: 'local',
  account,
  generation: 1,
});

export const serverScope = (server: NonNullable<StoredSession['server']>): Scope => ({
  server: server.origin,
  account: server.account,
  generation: server.generation,
});

/** What screens see of it. Teams of the server come first: they are where the work is. */
export function sessionState(session: StoredSession): SessionState {
  const { server, local, sample, publishing } = session;
  const ofServer: Workspace[] = server
    ? server.teams
        // While it is being copied, the local team is the one to show.
        .filter(({ id }) => id !== local.team.id)
        .map((team) => ({ scope: serverScope(server), team, local: false, sample: false }))
    : [];
  const own: Workspace = {
    scope: localScope(session),
    team: { ...local.team, role: 'owner' },
    local: true,
    sample: false,
  };
  const ofSample: Workspace[] = sample
    ? [{ scope: sampleScope(sample), team: { ...sample.team, role: 'owner' }, local: true, sample: true }]
    : [];
  // Signed out, or someone else, before the server had all of it: it is shown where it still is.
  const isLeft = publishing?.moved && !isPublisher(session);
  const left: Workspace[] = isLeft
    ? [{ scope: publishedScope(publishing), team: { ...publishing.team, role: 'owner' }, local: true, sample: false }]
    : [];
  const workspaces = [...ofServer, own, ...left, ...ofSample];
  return {
    person: server ? { account: server.account, name: server.name } : { account: local.account, name: local.name },
    server: server && { origin: server.origin, email: server.email, expired: server.expired },
    workspaces,
    publishing: publishing === null ? null : publishing.team.id,
    current: workspaces.find(({ team }) => team.id === session.current) ?? ofServer[0] ?? own,
  };
}

/** After a sign-in, a sign-up, or news of the account from its server. */
export function signedIn(session: StoredSession, origin: string, me: Me, bearer: string | null): StoredSession {
  const before = session.server;
  const same = before?.origin === origin && before.account === me.account.id;
  const known = new Set(same ? before.teams.map(({ id }) => id) : []);
  // A team one has just joined is the one to show.
  const joined = me.teams.find(({ id }) => !known.has(id));
  return {
    ...session,
    server: {
      origin,
      account: me.account.id,
      name: me.account.name,
      email: me.account.email,
      generation: same ? before.generation : 1,
      teams: me.teams,
      bearer,
      expired: false,
    },
    current: joined?.id ?? session.current,
    farewell: session.farewell?.origin === origin ? null : session.farewell,
  };
}

/** After news of the account: its name, its teams and its rights there. What is on screen stays. */
export function heardOf(session: StoredSession, me: Me): StoredSession {
  const { server } = session;
  if (server === null || server.account !== me.account.id) return session;
  const next = { ...server, name: me.account.name, email: me.account.email, teams: me.teams, expired: false };
  return JSON.stringify(next) === JSON.stringify(server) ? session : { ...session, server: next };
}

/** After making a team, or joining one. */
export function joined(session: StoredSession, team: Team): StoredSession {
  const { server } = session;
  if (server === null) return session;
  const others = server.teams.filter(({ id }) => id !== team.id);
  return { ...session, server: { ...server, teams: [...others, team] }, current: team.id };
}

/** Whether who is signed in is who began to publish: only they go on. */
export const isPublisher = ({ server, publishing }: StoredSession): boolean =>
  server !== null && publishing !== null && server.origin === publishing.origin && server.account === publishing.by;

/** The server has made the team: from here on, whatever stops it, it goes on. */
export function publishingBegun(session: StoredSession, name: string): StoredSession {
  const { server, local } = session;
  if (server === null || session.publishing !== null) return session;
  const publishing = {
    account: local.account,
    team: { id: local.team.id, name },
    origin: server.origin,
    by: server.account,
    moved: false,
  };
  return { ...session, publishing };
}

/** All of it is durable under the server's scope: it is shown there, and this device has a fresh local team. */
export function publishingMoved(session: StoredSession, next: StoredSession['local']): StoredSession {
  const { publishing, local } = session;
  if (publishing === null || publishing.moved) return session;
  const team = { ...publishing.team, role: 'owner' as const };
  const shown = session.current === null || session.current === team.id ? team.id : session.current;
  const moved = { ...joined(session, team), current: shown, local: { ...next, name: local.name } };
  return { ...moved, publishing: { ...publishing, moved: true } };
}

/** The server has recorded all of it: what is left of the former scope goes. */
export function published(session: StoredSession): StoredSession {
  const { publishing, toErase } = session;
  if (publishing === null) return session;
  return { ...session, publishing: null, toErase: [...toErase, publishedScope(publishing)] };
}

/** The server no longer knows the session. Nobody is locked out: only sending waits. */
export function expired(session: StoredSession): StoredSession {
  return session.server === null || session.server.expired
    ? session
    : { ...session, server: { ...session.server, expired: true } };
}

/** After leaving a server: its teams are no longer shown here. Their data stays under its own names unless erased. */
export function signedOut(session: StoredSession, told: 'server-told' | 'server-away'): StoredSession {
  const { server } = session;
  return {
    ...session,
    server: null,
    current: null,
    farewell: server && told === 'server-away' ? { origin: server.origin, bearer: server.bearer } : session.farewell,
  };
}

/** With the sample team added, under an account of its own: its history is Amira's, and it can be erased whole. */
export function withSample(session: StoredSession, random: Randomness, name: string): StoredSession {
  const sample = session.sample ?? { account: localAccount(random), team: { id: newId<TeamId>(random), name } };
  return { ...session, sample, current: sample.team.id };
}

/** Without the sample team, whose data is to be erased. */
export function withoutSample(session: StoredSession): StoredSession {
  const { sample, current, toErase } = session;
  if (sample === null) return session;
  return {
    ...session,
    sample: null,
    current: current === sample.team.id ? null : current,
    toErase: [...toErase, sampleScope(sample)],
  };
}

/** Every scope whose data this person has here. */
export function scopesOf(session: StoredSession): readonly Scope[] {
  return [
    localScope(session),
    ...(session.publishing ? [publishedScope(session.publishing)] : []),
    ...(session.sample ? [sampleScope(session.sample)] : []),
    ...(session.server ? [serverScope(session.server)] : []),
  ];
}

/** *Effacer cet appareil*: a device that nobody has used yet, with what is to be erased of the one before. */
export function erasedSession(session: StoredSession, next: StoredSession): StoredSession {
  return { ...next, farewell: session.farewell, toErase: [...session.toErase, ...scopesOf(session)] };
}

export const isSameScope = (a: Scope, b: Scope): boolean =>
  a.server === b.server && a.account === b.account && a.generation === b.generation;
