// Longer than most: what a device does with accounts is one life, told with one pair of tabs.

import { AccountId, InfraError, startBoard, type TeamId } from '@liasse/core';
import { boardRoom, type Me, type Team } from '@liasse/core/protocol';
import type { AccountsClient, DevicesClient, HttpServer } from '@liasse/core/replica';
import { seededRandomness, testId } from '@liasse/core/testing';
import { expect, test, vi } from 'vitest';
import { makeMemoryReplica } from '../testing/memoryReplica.ts';
import { type AccountPlatform, makeAccountPlatform } from './accountPlatform.ts';
import type { AccountPorts } from './accountPorts.ts';
import type { KeyStore } from './keyStore.ts';
import type { Outcome } from './platform.ts';

const ORIGIN = 'https://liasse.example';
const team = (n: number, role: Team['role'] = 'owner'): Team => ({ id: testId<TeamId>(n), name: `Équipe ${n}`, role });
const me = (...teams: Team[]): Me => ({
  account: { id: AccountId.parse('account-1'), name: 'Amira Benali', email: 'amira@example.org', serverOwner: false },
  teams,
});
const yes = <T>(value: T): Promise<Outcome<T>> => Promise.resolve({ ok: true, value });
const no = (code: 'offline' | 'signed-out'): Promise<Outcome<never>> => Promise.resolve({ ok: false, code });

/** Two tabs of one profile: what one writes, the others hear. */
function makeProfile(): () => KeyStore {
  const values = new Map<string, string>();
  const tabs: ((key: string) => void)[][] = [];
  return () => {
    const mine: ((key: string) => void)[] = [];
    tabs.push(mine);
    return {
      read: (key) => values.get(key) ?? null,
      write: (key, text) => {
        if (text === null) values.delete(key);
        else values.set(key, text);
        for (const others of tabs) if (others !== mine) for (const listener of others) listener(key);
      },
      onElsewhere: (listener) => {
        mine.push(listener);
        return () => mine.splice(mine.indexOf(listener), 1);
      },
    };
  };
}

interface Tab extends AccountPlatform {
  readonly closed: string[];
  readonly erased: string[];
  wake(): void;
}

let seed = 0;
interface TabOptions {
  readonly credential?: AccountPorts['credential'];
  readonly devices?: Partial<DevicesClient>;
  readonly ports?: Partial<AccountPorts>;
  /** Something was given an account’s way to the server. */
  readonly onServer?: (account: string, bearer: () => string | null) => void;
  eraseFails?: boolean;
}

function openTab(store: KeyStore, accounts: Partial<AccountsClient>, options: TabOptions = {}): Tab {
  const closed: string[] = [];
  const erased: string[] = [];
  const wakes = new Set<() => void>();
  const offline = () => no('offline');
  const away = { me: offline, signOut: offline, signIn: offline };
  const platform = makeAccountPlatform({
    store,
    credential: options.credential ?? 'cookie',
    random: seededRandomness(++seed),
    clock: { now: () => 0 },
    serverAt: (_origin, bearer, account) => {
      if (account !== undefined) options.onServer?.(account, bearer);
      const access = { restrict: offline, open: offline, people: offline, setPerson: offline };
      return { accounts: { ...away, ...accounts }, devices: options.devices, access } as unknown as HttpServer;
    },
    makeReplica: ({ scope }) => ({
      ...makeMemoryReplica(scope, { clock: { now: () => 0 } }),
      close: async () => void closed.push(scope.account),
    }),
    eraseScope: async (scope) => {
      if (options.eraseFails) throw new InfraError('blocked', { retryable: true });
      erased.push(scope.account);
    },
    onWake: (listener) => {
      wakes.add(listener);
      return () => wakes.delete(listener);
    },
    ...options.ports,
  });
  const wake = () => {
    for (const listener of wakes) listener();
  };
  return { ...platform, closed, erased, wake };
}
const names = (tab: Tab) => tab.session.getSnapshot().workspaces.map(({ team }) => team.name);
const signInForm = { email: 'amira@example.org', password: 'motdepasse' };

test('a first run makes a person and a team of this device alone, and the next run finds them', () => {
  const open = makeProfile();
  const first = openTab(open(), {}).session.getSnapshot();
  expect(first.server).toBeNull();
  expect(first.current).toMatchObject({ local: true, team: { name: 'Mon équipe', role: 'owner' } });
  expect(openTab(open(), {}).session.getSnapshot()).toEqual(first);
});

test('signing in shows the teams of the server, under the scope of that account', async () => {
  const tab = openTab(makeProfile()(), { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1), team(2)) }) });
  expect(await tab.signIn('liasse.example', signInForm)).toMatchObject({ ok: true });
  const { current, person, server } = tab.session.getSnapshot();
  expect(names(tab)).toEqual(['Équipe 1', 'Équipe 2', 'Mon équipe']);
  expect(current).toMatchObject({ local: false, scope: { server: ORIGIN, account: 'account-1' } });
  expect(person.name).toBe('Amira Benali');
  expect(server).toMatchObject({ origin: ORIGIN, expired: false });
});

test('[J23] with the server away the app opens as it was; an expired session locks nobody out', async () => {
  const open = makeProfile();
  await openTab(open(), { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }) }).signIn(ORIGIN, signInForm);
  const offline = openTab(open(), {});
  expect(names(offline)).toEqual(['Équipe 1', 'Mon équipe']);

  const late = openTab(open(), { me: () => no('signed-out') });
  await vi.waitFor(() => expect(late.session.getSnapshot().server?.expired).toBe(true));
  expect(names(late)).toEqual(['Équipe 1', 'Mon équipe']);
  expect(offline.session.getSnapshot().server?.expired).toBe(true);
  // What is on the device stays open to be read and edited, under the right that was last heard.
  const { current } = late.session.getSnapshot();
  expect(current.team.role).toBe('owner');
  const open_ = late.replica(current.scope).open(boardRoom(current.team.id));
  open_.run(startBoard, { titles: { todo: 'À faire', doing: 'En cours', done: 'Terminé' } });
  expect(late.closed).toEqual([]);
});

test('[J24] two accounts of one device share no document, no name of a colleague and no list', async () => {
  const open = makeProfile();
  const store = open();
  const forgotten: string[] = [];
  const bearers: (() => string | null)[] = [];
  const benoit = { accountId: AccountId.parse('account-2'), name: 'Benoît Carré', role: 'editor' as const };
  let who = 'account-1';
  const asWho = (): Me => ({ ...me(team(1)), account: { ...me().account, id: AccountId.parse(who) } });
  const tab = openTab(
    store,
    {
      signIn: () => yes({ bearer: 'b'.repeat(20), me: asWho() }),
      signOut: () => yes({ leaveAt: null }),
      members: () => yes([benoit]),
    },
    {
      credential: 'bearer',
      onServer: (account, bearer) => account === 'account-1' && bearers.push(bearer),
      ports: { forgetLists: () => forgotten.push(who) },
    },
  );
  await tab.signIn(ORIGIN, signInForm);
  await tab.members(team(1).id);
  const first = tab.session.getSnapshot().current.scope;
  tab.replica(first);
  await tab.signOut({ erase: 'nothing' });
  expect(tab.closed).toEqual(['account-1']);
  // The same person again: nothing was lost meanwhile.
  await tab.signIn(ORIGIN, signInForm);
  expect(tab.knownMembers(team(1).id)).toEqual([benoit]);
  expect(forgotten).toEqual([]);
  tab.replica(first);
  const ofDocuments = bearers.at(-1);
  expect(ofDocuments?.()).toBe('b'.repeat(20));

  // Somebody else, of the same team, without the first one having signed out.
  who = 'account-3';
  await tab.signIn(ORIGIN, signInForm);
  const second = tab.session.getSnapshot().current.scope;
  expect(second).not.toEqual(first);
  expect(tab.closed).toEqual(['account-1', 'account-1']);
  expect(() => tab.replica(first)).toThrow('bug');
  // What the first one’s documents would still send goes out under nobody’s session.
  expect(ofDocuments?.()).toBeNull();
  expect(tab.knownMembers(team(1).id)).toEqual([]);
  expect(forgotten).toEqual(['account-3']);
});

test('[S111] signing out everywhere leaves this device too, keeps what it holds, and does nothing while the server is away', async () => {
  const left: (string | null)[] = [];
  const devices = { endAll: (): Promise<Outcome<{ leaveAt: string | null }>> => no('offline') };
  const web = { origin: ORIGIN, goTo: (url: string) => left.push(url), tab: sessionStorage };
  const accounts = { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }) };
  const tab = openTab(makeProfile()(), accounts, { devices, ports: { web } });
  await tab.signIn(ORIGIN, signInForm);
  expect(await tab.devices.endAll()).toEqual({ ok: false, code: 'offline' });
  expect(tab.session.getSnapshot().server).not.toBeNull();
  devices.endAll = () => yes({ leaveAt: 'https://fournisseur.example/fin' });
  expect(await tab.devices.endAll()).toMatchObject({ ok: true });
  expect(tab.session.getSnapshot().server).toBeNull();
  expect(tab.erased).toEqual([]);
  expect(left).toEqual(['https://fournisseur.example/fin']);
});

test('[P18] colleagues keep the names that the server last gave, until what is here is erased', async () => {
  const open = makeProfile();
  const benoit = { accountId: AccountId.parse('account-2'), name: 'Benoît Carré', role: 'editor' as const };
  const online = openTab(open(), {
    signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }),
    members: () => yes([benoit]),
  });
  await online.signIn(ORIGIN, signInForm);
  expect(online.knownMembers(team(1).id)).toEqual([]);
  await online.members(team(1).id);
  const offline = openTab(open(), {});
  expect(offline.knownMembers(team(1).id)).toEqual([benoit]);
  await offline.signOut({ erase: 'account' });
  expect(openTab(open(), {}).knownMembers(team(1).id)).toEqual([]);
});

test('news of the account changes teams and rights, and leaves what is on screen', async () => {
  let now = me(team(1), team(2));
  const tab = openTab(makeProfile()(), {
    signIn: () => yes({ bearer: 'b'.repeat(20), me: now }),
    me: () => yes(now),
  });
  await tab.signIn(ORIGIN, signInForm);
  tab.chooseWorkspace(team(2).id);
  now = me(team(2, 'reader'), team(3));
  tab.wake();
  await vi.waitFor(() => expect(names(tab)).toEqual(['Équipe 2', 'Équipe 3', 'Mon équipe']));
  expect(tab.session.getSnapshot().current.team).toMatchObject({ name: 'Équipe 2', role: 'reader' });
});

test('signing out in one tab closes the account’s documents in the other', async () => {
  const open = makeProfile();
  const accounts = {
    signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }),
    signOut: () => yes({ leaveAt: null }),
  };
  const one = openTab(open(), accounts);
  const other = openTab(open(), accounts);
  await one.signIn(ORIGIN, signInForm);
  const { scope } = other.session.getSnapshot().current;
  other.replica(scope);
  await one.signOut({ erase: 'nothing' });
  expect(other.session.getSnapshot().server).toBeNull();
  expect(other.closed).toEqual(['account-1']);
  expect(() => other.replica(scope)).toThrow('bug');
  expect(one.erased).toEqual([]);
});

test('erasing the device removes the account, the local team and the sample, also while the server is away', async () => {
  const open = makeProfile();
  let left = 0;
  const accounts: Partial<AccountsClient> = { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }) };
  const tab = openTab(open(), accounts);
  await tab.signIn(ORIGIN, signInForm);
  tab.addSample('Équipe d’Amira');
  const before = tab.session.getSnapshot().workspaces.map(({ scope }) => scope.account);
  await tab.signOut({ erase: 'device' });
  expect(new Set(tab.erased)).toEqual(new Set(before));
  expect(names(tab)).toEqual(['Mon équipe']);
  expect(before).not.toContain(tab.session.getSnapshot().current.scope.account);

  // The server, once back, is told that the session is over.
  accounts.signOut = () => {
    left += 1;
    return yes({ leaveAt: null });
  };
  tab.wake();
  await vi.waitFor(() => expect(left).toBe(1));
  tab.wake();
  await vi.waitFor(() => expect(left).toBe(1));
});

test('what the account holds here is erased alone, and the local team stays', async () => {
  const tab = openTab(makeProfile()(), { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }) });
  const own = tab.session.getSnapshot().current;
  await tab.signIn(ORIGIN, signInForm);
  await tab.signOut({ erase: 'account' });
  expect(tab.erased).toEqual(['account-1']);
  expect(tab.session.getSnapshot().current).toEqual(own);
});

test('an account whose erasure was cut short is not entered again before it is done', async () => {
  const options = { eraseFails: true };
  const tab = openTab(makeProfile()(), { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }) }, options);
  await tab.signIn(ORIGIN, signInForm);
  expect(await tab.signOut({ erase: 'account' })).toMatchObject({ ok: false });
  expect(await tab.signIn(ORIGIN, signInForm)).toMatchObject({ ok: false });
  options.eraseFails = false;
  expect(await tab.signIn(ORIGIN, signInForm)).toMatchObject({ ok: true });
  expect(tab.erased).toEqual(['account-1']);
  expect(names(tab)).toContain('Équipe 1');
});

test('the sample team comes and goes whole, under an account of its own', async () => {
  const tab = openTab(makeProfile()(), {});
  const own = tab.session.getSnapshot().current;
  const sample = tab.addSample('Équipe d’Amira');
  expect(sample).toMatchObject({ sample: true, local: true });
  expect(sample.scope.account).not.toBe(own.scope.account);
  await tab.removeSample();
  expect(tab.session.getSnapshot().current).toEqual(own);
  expect(tab.erased).toEqual([sample.scope.account]);
});

test('a bearer is kept only where no cookie stands for it', async () => {
  for (const credential of ['cookie', 'bearer'] as const) {
    const store = makeProfile()();
    const tab = openTab(
      store,
      { signIn: () => yes({ bearer: 'secret-bearer-0123', me: me(team(1)) }) },
      { credential },
    );
    await tab.signIn(ORIGIN, signInForm);
    expect(store.read('session')?.includes('secret-bearer')).toBe(credential === 'bearer');
  }
});

test('a session that cannot be read is a first run, and preferences survive one bad value', () => {
  const store = makeProfile()();
  store.write('session', '{"version":99}');
  store.write('preferences', '{"language":"en","theme":"sepia"}');
  const tab = openTab(store, {});
  // The names of a first run are in the language of the interface, whatever the browser's.
  expect(names(tab)).toEqual(['My team']);
  expect(tab.preferences.getSnapshot()).toEqual({ language: 'en', theme: 'system', singleKeys: true });
});

test('an erasure that was cut short is taken up again at the next start', async () => {
  const open = makeProfile();
  const tab = openTab(open(), {}, { eraseFails: true });
  const { account } = tab.session.getSnapshot().current.scope;
  expect(await tab.signOut({ erase: 'device' })).toMatchObject({ ok: false });
  // Already nobody's: the new person of this device has another scope.
  expect(tab.session.getSnapshot().current.scope.account).not.toBe(account);

  const next = openTab(open(), {});
  await vi.waitFor(() => expect(next.erased).toEqual([account]));
  await vi.waitFor(() => expect(JSON.parse(open().read('session') ?? '').toErase).toEqual([]));
});

test('[S131] the rights of a room are asked for as the account that is signed in, and of no server without one', async () => {
  const asked: (string | null)[] = [];
  const options = { onServer: (account: string | null) => void asked.push(account) };
  const accounts = { signIn: () => yes({ bearer: 'b'.repeat(20), me: me(team(1)) }) };
  const tab = openTab(makeProfile()(), accounts, options);
  const room = boardRoom(team(1).id);
  expect(await tab.access.people(room)).toEqual({ ok: false, code: 'signed-out' });
  await tab.signIn(ORIGIN, signInForm);
  asked.length = 0;
  expect(await tab.access.restrict(room)).toEqual({ ok: false, code: 'offline' });
  expect(asked).toEqual(['account-1']);
});
