import { InfraError, newId, type TeamId } from '@liasse/core';
import type { Me, Session } from '@liasse/core/protocol';
import type { AccountsClient, DevicesClient, RoomRightsClient } from '@liasse/core/replica';
import { followAccount } from './accountNews.ts';
import { type AccountPorts, accountsAt } from './accountPorts.ts';
import { makeBrowserSignIn } from './browserSignIn.ts';
import { makeDevicesPort } from './devicesPort.ts';
import { makeIdentityPort } from './identityPort.ts';
import { derived, keep } from './keyStore.ts';
import { openKnownMembers } from './knownMembers.ts';
import { originOf, parseLink } from './link.ts';
import type { Outcome, Platform } from './platform.ts';
import { FIRST_PREFERENCES, parsePreferences } from './preferences.ts';
import { openPublishing } from './publishing.ts';
import { makeReceiptsPort } from './receiptsPort.ts';
import { openReplicas } from './replicas.ts';
import { makeRoomsPort } from './roomsPort.ts';
import {
  erasedSession,
  expired,
  firstSession,
  isSameScope,
  joined,
  parseSession,
  serverScope,
  sessionState,
  signedIn,
  signedOut,
  withoutSample,
  withSample,
} from './session.ts';

/** The part of a `Platform` that the web app and the extension share: who one is, with which teams, where data lives. */
export type AccountPlatform = Pick<
  Platform,
  | 'session'
  | 'preferences'
  | 'setPreferences'
  | 'replica'
  | 'random'
  | 'clock'
  | 'chooseWorkspace'
  | 'previewLink'
  | 'signUp'
  | 'acceptLink'
  | 'signIn'
  | 'signOut'
  | 'createTeam'
  | 'publishTeam'
  | 'addSample'
  | 'removeSample'
  | 'invite'
  | 'members'
  | 'setRole'
  | 'knownMembers'
  | 'receipts'
  | 'devices'
  | 'browserSignIn'
  | 'identity'
  | 'rooms'
  | 'access'
  | 'renameLocalPerson'
>;

/** Under which key the session is kept: the extension's worker reads it too. */
export const SESSION_KEY = 'session';
export const PREFERENCES_KEY = 'preferences';
/** Under which key the account that was last signed in here is kept, also once it is signed out. */
const LAST_ACCOUNT_KEY = 'last-account';

export function makeAccountPlatform(ports: AccountPorts): AccountPlatform {
  const { store, random, clock } = ports;
  const preferences = keep(store, PREFERENCES_KEY, parsePreferences, () => FIRST_PREFERENCES);
  const first = () => firstSession(random, preferences.getSnapshot().language);
  const stored = keep(store, SESSION_KEY, parseSession, first);
  const session = derived(stored, sessionState);
  const replicas = openReplicas(ports, stored);
  const members = openKnownMembers(store);
  followAccount(ports, stored);
  const bearerOf = (answer: Session) => (ports.credential === 'bearer' ? answer.bearer : null);

  /** The accounts of the server one is signed in to, or the refusal to ask it anything. */
  async function asMember<T>(
    ask: (accounts: AccountsClient, devices: DevicesClient) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { server } = stored.getSnapshot();
    if (!server) return refused('signed-out');
    const { accounts, devices } = ports.serverAt(server.origin, () => server.bearer, server.account);
    const outcome = await ask(accounts, devices);
    if (!outcome.ok && outcome.code === 'signed-out') stored.update(expired);
    return outcome;
  }
  async function inRooms<T>(ask: (access: RoomRightsClient) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const { server } = stored.getSnapshot();
    return server
      ? ask(ports.serverAt(server.origin, () => server.bearer, server.account).access)
      : refused('signed-out');
  }
  /** Erases what is to be erased; false when something is left, which the next start takes up again. */
  async function eraseLeft(): Promise<boolean> {
    for (const scope of stored.getSnapshot().toErase) {
      try {
        await replicas.drop(scope);
        await ports.eraseScope(scope);
      } catch (error) {
        if (!(error instanceof InfraError)) throw error;
        return false;
      }
      stored.update((now) => ({ ...now, toErase: now.toErase.filter((other) => !isSameScope(other, scope)) }));
    }
    return true;
  }
  void eraseLeft();
  const publishing = openPublishing({
    stored,
    replicas,
    createTeam: (team) => asMember((accounts) => accounts.createTeam(team)),
    nextLocal: () => first().local,
    eraseLeft,
    onWake: ports.onWake,
  });

  async function enterAs(origin: string, answer: Session): Promise<Outcome<Me>> {
    // What this account left to be erased goes first: later, it would take along what comes in now.
    const { account } = answer.me;
    const left = stored.getSnapshot().toErase.some((scope) => scope.server === origin && scope.account === account.id);
    if (left && !(await eraseLeft())) return { ok: false, code: 'internal' };
    forgetOthers(`${origin}/${account.id}`);
    stored.update((before) => signedIn(before, origin, answer.me, bearerOf(answer)));
    return { ok: true, value: answer.me };
  }
  async function enter(origin: string, asked: Promise<Outcome<Session>>): Promise<Outcome<Me>> {
    const outcome = await asked;
    return outcome.ok ? enterAs(origin, outcome.value) : outcome;
  }
  /** Documents have the account in their names; the lists beside them have not, and two accounts may share a team. */
  function forgetOthers(account: string): void {
    const { server } = stored.getSnapshot();
    const last = store.read(LAST_ACCOUNT_KEY) ?? (server && `${server.origin}/${server.account}`);
    store.write(LAST_ACCOUNT_KEY, account);
    if (last === null || last === account) return;
    members.forget();
    ports.forgetLists?.();
  }
  /** The session is over, and so is what this page shows of it. */
  async function leave(told: 'server-told' | 'server-away', erase: 'nothing' | 'account' | 'device'): Promise<boolean> {
    const { server } = stored.getSnapshot();
    browserSignIn?.cancel();
    stored.update((now) => {
      const left = signedOut(now, told);
      if (erase === 'device') return erasedSession({ ...now, farewell: left.farewell }, first());
      return erase === 'account' && server ? { ...left, toErase: [...left.toErase, serverScope(server)] } : left;
    });
    if (erase !== 'nothing') members.forget();
    if (server) await replicas.drop(serverScope(server));
    return erase === 'nothing' || eraseLeft();
  }
  const browserSignIn = ports.browserSignIn ? makeBrowserSignIn(ports, ports.browserSignIn, enterAs) : null;
  const { web } = ports;
  const identity = web
    ? makeIdentityPort(ports, web, async (entry) =>
        entry.session ? enterAs(web.origin, entry.session) : { ok: true, value: null },
      )
    : null;
  /** Leaves the identity provider as well, last of all: the page goes with it. */
  const leaveAt = (url: string | null) => {
    if (url !== null) web?.goTo(url);
  };

  return {
    session,
    preferences,
    random,
    clock,
    replica: replicas.of,
    setPreferences: (change) => void preferences.update((before) => ({ ...before, ...change })),
    chooseWorkspace: (team) =>
      void stored.update((before) => (before.current === team ? before : { ...before, current: team })),

    previewLink: async (link) => {
      const to = parseLink(link);
      return to ? accountsAt(ports, to).previewLink(to.token) : refused('invalid-input');
    },
    signUp: async (link, form) => {
      const to = parseLink(link);
      if (!to) return refused('invalid-input');
      return enter(to.origin, accountsAt(ports, to).signUp({ ...form, token: to.token }));
    },
    acceptLink: async (link) => {
      const to = parseLink(link);
      if (!to) return refused('invalid-input');
      const { server } = stored.getSnapshot();
      if (server?.origin !== to.origin) return refused('signed-out');
      const outcome = await asMember((accounts) => accounts.acceptLink(to.token));
      if (outcome.ok) stored.update((before) => signedIn(before, to.origin, outcome.value, server.bearer));
      return outcome;
    },
    signIn: (address, form) => {
      const origin = originOf(address);
      return enter(origin, accountsAt(ports, { origin }).signIn(form));
    },
    signOut: async ({ erase }) => {
      const { server } = stored.getSnapshot();
      const told = server ? await accountsAt(ports, server).signOut() : null;
      const away = told !== null && !told.ok && told.code !== 'signed-out';
      const done = await leave(away ? 'server-away' : 'server-told', erase);
      leaveAt(told?.ok ? told.value.leaveAt : null);
      return done ? { ok: true, value: null } : { ok: false, code: 'internal' };
    },
    devices: makeDevicesPort(asMember, async (url) => {
      await leave('server-told', 'nothing');
      leaveAt(url);
    }),
    browserSignIn,
    identity,
    createTeam: async (name) => {
      const id = newId<TeamId>(random);
      const outcome = await asMember((accounts) => accounts.createTeam({ id, name }));
      if (!outcome.ok) return outcome;
      stored.update((before) => joined(before, outcome.value));
      return { ok: true, value: id };
    },
    publishTeam: publishing.publish,
    invite: (team, role) => asMember((accounts) => accounts.invite(team, role)),
    members: async (team) => {
      const outcome = await asMember((accounts) => accounts.members(team));
      if (outcome.ok) members.remember(team, outcome.value);
      return outcome;
    },
    setRole: async (team, account, role) => {
      const outcome = await asMember((accounts) => accounts.setRole(team, account, role));
      if (outcome.ok) members.remember(team, outcome.value);
      return outcome;
    },
    knownMembers: members.of,
    access: {
      restrict: (room) => inRooms((access) => access.restrict(room)),
      open: (room) => inRooms((access) => access.open(room)),
      people: (room) => inRooms((access) => access.people(room)),
      setPerson: (room, account, role) => inRooms((access) => access.setPerson(room, account, role)),
    },
    receipts: makeReceiptsPort(ports, () => stored.getSnapshot().server),
    rooms: makeRoomsPort(ports, () => stored.getSnapshot().server),
    addSample: (name) => {
      stored.update((before) => withSample(before, random, name));
      return session.getSnapshot().current;
    },
    removeSample: async () => {
      stored.update(withoutSample);
      await eraseLeft();
    },
    renameLocalPerson: (name) => void stored.update((before) => ({ ...before, local: { ...before.local, name } })),
  };
}

const refused = <T>(code: 'invalid-input' | 'signed-out'): Outcome<T> => ({ ok: false, code });
