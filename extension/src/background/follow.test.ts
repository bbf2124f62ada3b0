// @vitest-environment node
import type { Replica } from '@liasse/core/replica';
import { expect, test } from 'vitest';
import type { Alarms } from './drain.ts';
import { FOLLOW_ALARM, Follow } from './follow.ts';

/** A device of which some documents are behind, and that fetches so many a turn. */
function device({ behind = 0, brings = 20, hasServer = true } = {}) {
  let left = behind;
  const turns: number[] = [];
  const replica = {
    follow: async ({ rooms }: { rooms: number }) => {
      turns.push(rooms);
      left = Math.max(0, left - Math.min(brings, rooms));
    },
    following: { getSnapshot: () => ({ behind: left, readyAt: null }) },
  };
  const eachScope = (task: (one: Replica) => Promise<void>) => task(replica as unknown as Replica);
  return { turns, left: () => left, port: { eachScope, hasServer: () => hasServer } };
}

function alarms(standing: readonly string[] = []) {
  const set = new Set(standing);
  const created: string[] = [];
  const port: Alarms = {
    get: async (name) => (set.has(name) ? { name } : undefined),
    create: async (name) => {
      created.push(name);
      set.add(name);
    },
    clear: async (name) => set.delete(name),
  };
  return { port, created, set };
}

test('[P25] a woken worker fetches all that is behind, in turns between which a capture can come', async () => {
  const { port, turns, left } = device({ behind: 50 });
  await new Follow(port, alarms().port).run();
  expect(left()).toBe(0);
  expect(turns).toEqual([20, 20, 20]);
});

test('[P25] where a turn brings nothing, it is over until the next alarm', async () => {
  const { port, turns } = device({ behind: 50, brings: 0 });
  await new Follow(port, alarms().port).run();
  expect(turns).toHaveLength(2);
});

test('[P27] the alarm stands while there is a server, and one that stands is left alone', async () => {
  const none = alarms([FOLLOW_ALARM]);
  await new Follow(device({ hasServer: false }).port, none.port).plan();
  expect([...none.set]).toEqual([]);
  const some = alarms();
  const follow = new Follow(device().port, some.port);
  await follow.plan();
  await follow.plan();
  expect(some.created).toEqual([FOLLOW_ALARM]);
});
