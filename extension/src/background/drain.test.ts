// @vitest-environment node
import type { Replica } from '@liasse/core/replica';
import { expect, test } from 'vitest';
import { type Alarms, Drain, RETRY_ALARM } from './drain.ts';

/** A device on which so many edits and blobs wait, of which each attempt sends some; `log` tells what was done, in order. */
function device({ edits = 0, blobs = 0, sends = 10, during = () => {} } = {}) {
  const left = { edits, blobs };
  const log: string[] = [];
  const set = new Set<string>();
  const replica = {
    drain: async () => {
      log.push('attempt');
      if (log.length === 2) during();
      left.edits = Math.max(0, left.edits - sends);
      left.blobs = Math.max(0, left.blobs - sends);
    },
    sync: { getSnapshot: () => ({ unsent: left.edits }) },
    blobs: { waiting: { getSnapshot: () => left.blobs } },
  };
  const alarms: Alarms = {
    get: async (name) => set.has(name) || undefined,
    create: async (name) => {
      log.push('alarm');
      set.add(name);
    },
    clear: async (name) => set.delete(name),
  };
  const eachScope = (task: (one: Replica) => Promise<void>) => task(replica as unknown as Replica);
  return { drain: new Drain({ eachScope }, alarms), log, left, isSet: () => set.has(RETRY_ALARM) };
}

test('[P21] the alarm stands before the attempt, and goes once nothing waits', async () => {
  const { drain, log, isSet } = device({ edits: 3, blobs: 2 });
  const running = drain.request();
  await running;
  expect(log).toEqual(['alarm', 'attempt']);
  expect(isSet()).toBe(false);
});

test('[P21] where something still waits, an edit or a blob, the alarm stays', async () => {
  for (const waits of [{ edits: 30 }, { blobs: 30 }]) {
    const { drain, isSet } = device(waits);
    await drain.request();
    expect(isSet()).toBe(true);
    await drain.request();
    await drain.request();
    expect(isSet()).toBe(false);
  }
});

test('[P21] what is asked for during an attempt is followed by another', async () => {
  const { drain, log } = device({ edits: 1, during: () => void drain.request() });
  await drain.request();
  expect(log).toEqual(['alarm', 'attempt', 'attempt']);
});
