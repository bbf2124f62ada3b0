import { AccountId, InfraError, type TeamId } from '@liasse/core';
import type { Replica, Scope } from '@liasse/core/replica';
import { seededRandomness, testId } from '@liasse/core/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KeyStore, keep } from './keyStore.ts';
import type { Outcome } from './platform.ts';
import { openPublishing } from './publishing.ts';
import { firstSession, parseSession, type StoredSession, sessionState, signedIn, signedOut } from './session.ts';

const ORIGIN = 'https://liasse.example';
const ME = { id: AccountId.parse('account-1'), name: 'Amira Benali', email: 'amira@example.org', serverOwner: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A device on which what is given, sent and recorded is what the test says; it can be stopped and started again. */
function makeDevice() {
  const values = new Map<string, string>();
  const store: KeyStore = {
    read: (key) => values.get(key) ?? null,
    write: (key, text) => void (text === null ? values.delete(key) : values.set(key, text)),
    onElsewhere: () => () => {},
  };
  const random = seededRandomness(5);
  const said: string[] = [];
  const state = { isNews: true, waiting: 1, isBroken: false, answer: null as Outcome<never> | null };
  const replica = (scope: Scope) =>
    ({
      giveTeam: async (team: TeamId, to: Replica) => {
        if (state.isBroken) throw new InfraError('no space', { retryable: true });
        const isNews = state.isNews;
        state.isNews = false;
        said.push(`${scope.server} gives ${team.slice(-2)} to ${to.scope.server}${isNews ? '' : ', nothing new'}`);
        return isNews ? 1 : 0;
      },
      drain: async () => void said.push('sends'),
      waitingOf: async () => state.waiting,
      scope,
    }) as unknown as Replica;
  const start = () => {
    const stored = keep(store, 'session', parseSession, () => firstSession(random, 'fr'));
    const publishing = openPublishing({
      stored,
      replicas: { of: replica, drop: async () => {} },
      createTeam: async ({ id, name }) => {
        said.push(`makes ${name}`);
        return state.answer ?? { ok: true, value: { id, name, role: 'owner' } };
      },
      nextLocal: () => firstSession(random, 'fr').local,
      eraseLeft: async () => void said.push(`erases ${stored.getSnapshot().toErase.map(({ server }) => server)}`),
      onWake: () => () => {},
    });
    return { stored, publishing, shown: () => sessionState(stored.getSnapshot()) };
  };
  return { start, state, said };
}

function signIn({ stored }: ReturnType<ReturnType<typeof makeDevice>['start']>) {
  stored.update((before) => signedIn(before, ORIGIN, { account: ME, teams: [] }, null));
  return stored.getSnapshot().local.team.id;
}

const names = ({ shown }: { shown: () => ReturnType<typeof sessionState> }) =>
  shown().workspaces.map(({ team, local }) => `${team.name}${local ? ' (local)' : ''}`);

test('[P29] the team is copied, shown on the server under its own id, followed, and erased here once all is recorded', async () => {
  const { start, state, said } = makeDevice();
  const device = start();
  const team = signIn(device);
  expect(await device.publishing.publish('Bureau')).toEqual({ ok: true, value: team });
  expect(device.shown().current).toMatchObject({ local: false, team: { id: team, name: 'Bureau', role: 'owner' } });
  expect(names(device)).toEqual(['Bureau', 'Mon équipe (local)']);
  expect(device.shown().workspaces[1]?.team.id).not.toBe(team);
  // Written in the former scope while it was being copied; not recorded yet.
  state.isNews = true;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(said.some((line) => line.startsWith('erases'))).toBe(false);
  expect(device.shown().publishing).toBe(team);
  state.waiting = 0;
  state.isNews = true;
  await vi.advanceTimersByTimeAsync(12_000);
  // Not before a copy that found nothing new.
  expect(said.slice(-3)).toEqual([expect.stringContaining('nothing new'), 'sends', 'erases local']);
  expect(device.shown().publishing).toBeNull();
  expect(said.filter((line) => line.startsWith('makes'))).toEqual(['makes Bureau']);
});

test.each([0, 1, 2, 3])('[P28] stopped after step %i and started again, it goes on to the end', async (steps) => {
  const { start, state, said } = makeDevice();
  const first = start();
  const team = signIn(first);
  void first.publishing.publish('Bureau');
  for (let n = 0; n < steps * 3; n++) await Promise.resolve();
  vi.clearAllTimers();
  const again = start();
  if (again.shown().publishing === null) await again.publishing.publish('Bureau');
  state.waiting = 0;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(names(again)).toEqual(['Bureau', 'Mon équipe (local)']);
  expect(again.shown()).toMatchObject({ publishing: null, current: { team: { id: team }, local: false } });
  expect(said).toContain('erases local');
});

test('[P29] a device that cannot store the copy shows the local team as before, and goes on when it can', async () => {
  const { start, state } = makeDevice();
  const device = start();
  const team = signIn(device);
  state.isBroken = true;
  await device.publishing.publish('Bureau');
  expect(device.shown().current).toMatchObject({ local: true, team: { id: team } });
  state.isBroken = false;
  state.waiting = 0;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(device.shown().current).toMatchObject({ local: false, team: { id: team } });
});

test('[P29] a server that refuses the team changes nothing', async () => {
  const { start, state, said } = makeDevice();
  const device = start();
  signIn(device);
  state.answer = { ok: false, code: 'already-exists' };
  expect(await device.publishing.publish('Bureau')).toEqual({ ok: false, code: 'already-exists' });
  expect(names(device)).toEqual(['Mon équipe (local)']);
  expect(said).toEqual(['makes Bureau']);
});

test('[P29] signed out before the server has all of it, the team is shown where it still is, and goes on later', async () => {
  const { start, state } = makeDevice();
  const device = start();
  const team = signIn(device);
  await device.publishing.publish('Bureau');
  device.stored.update((before: StoredSession) => signedOut(before, 'server-told'));
  expect(names(device)).toEqual(['Mon équipe (local)', 'Bureau (local)']);
  expect(device.shown().workspaces[1]?.team.id).toBe(team);
  device.stored.update((before) =>
    signedIn(before, ORIGIN, { account: { ...ME, id: AccountId.parse('account-2') }, teams: [] }, null),
  );
  await vi.advanceTimersByTimeAsync(20_000);
  expect(names(device)).toContain('Bureau (local)');
  const mine = { id: testId<TeamId>(3), name: 'Bureau', role: 'owner' as const };
  device.stored.update((before) => signedIn(before, ORIGIN, { account: ME, teams: [{ ...mine, id: team }] }, null));
  state.waiting = 0;
  const again = start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(names(again)).toEqual(['Bureau', 'Mon équipe (local)']);
});
