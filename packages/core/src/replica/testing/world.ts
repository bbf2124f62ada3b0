import { vi } from 'vitest';
import { z } from 'zod';
import { AccountId, defineOperation, type Operation } from '../../index.ts';
import { type Role, RoomName } from '../../protocol/index.ts';
import { seededRandomness } from '../../testing/index.ts';
import { browserTimers } from '../browserPorts.ts';
import type { DeviceStore } from '../deviceStore.ts';
import { createMemoryProfile, type MemoryContext, type MemoryProfile } from '../memoryProfile.ts';
import type { Timers } from '../ports.ts';
import { createReplica } from '../replica.ts';
import type { OpenDoc, Replica, Scope, ServerPort } from '../types.ts';
import { FakeServer } from './fakeServer.ts';

export const ROOM = RoomName.parse('000000000000000000000000/board');
export const OTHER_ROOM = RoomName.parse(`000000000000000000000000/dossier/${'1'.repeat(24)}`);
export const cardRoomOf = (n: number): RoomName =>
  RoomName.parse(`000000000000000000000000/card/${String(n).padStart(24, '0')}`);
export const SCOPE: Scope = {
  server: 'https://liasse.example',
  account: AccountId.parse('account-one'),
  generation: 0,
};
export const LOCAL: Scope = { ...SCOPE, server: 'local' };

/** A hundred times faster than people: waits and backoffs keep their order and cost a test nothing. */
const hurriedTimers: Timers = { after: (delayMs, run) => browserTimers.after(delayMs / 100, run) };

/** One page of a profile, with the replica in it. */
export interface TestPage {
  readonly context: MemoryContext;
  readonly replica: Replica;
  readonly kill: () => void;
}

export interface TestWorld {
  readonly server: FakeServer;
  readonly profile: MemoryProfile;
  /** A page of the profile; of another one when given. */
  page(options?: PageOptions): TestPage;
  /** Another machine. */
  profileOf(): MemoryProfile;
}

interface PageOptions {
  profile?: MemoryProfile;
  scope?: Scope;
  server?: ServerPort | null;
  role?: Role;
  name?: string;
}

interface WorldOptions {
  timers?: Timers;
  seed?: number;
  /** Where pages keep their data; the profile's disk in memory when absent. */
  storeOf?: (scope: Scope) => DeviceStore;
}

export function testWorld(options: WorldOptions = {}): TestWorld {
  const server = new FakeServer();
  let seed = options.seed ?? 1;
  let now = 1_700_000_000_000;
  const profileOf = () =>
    createMemoryProfile({
      clock: {
        now: () => {
          now += 1;
          return now;
        },
      },
      random: seededRandomness(seed++),
      timers: options.timers ?? hurriedTimers,
      dial: server.dial,
    });
  const profile = profileOf();
  return {
    server,
    profile,
    profileOf,
    page: ({
      profile: own = profile,
      scope = SCOPE,
      server: port = scope.server === 'local' ? null : server,
      role = 'editor',
      name = 'Ada',
    } = {}) => {
      const context = own.context();
      const store = own === profile && options.storeOf ? options.storeOf(scope) : context.store;
      const replica = createReplica({
        scope,
        server: port,
        store,
        ports: context.ports,
        person: { name },
        roleOf: () => role,
      });
      return { context: { ...context, store }, replica, kill: context.kill };
    },
  };
}

/** Sets one key of the document's map: the smallest edit. */
export const setKey: Operation<{ key: string; value: string }, void> = defineOperation(
  'test.setKey',
  z.strictObject({ key: z.string(), value: z.string() }),
  (doc, { key, value }) => void doc.getMap('m').set(key, value),
);

export const valueIn = (open: Pick<OpenDoc, 'doc'>, key: string): unknown => open.doc.getMap('m').get(key);

/** Waits for what must come true by itself. */
export const comesTrue = (holds: () => unknown): Promise<void> =>
  vi.waitFor(
    async () => {
      if (!(await holds())) throw new Error(`never came true: ${holds.toString()}`);
    },
    { timeout: 10_000, interval: 5 },
  );
