// @vitest-environment node
import type { Replica } from '@liasse/core/replica';
import { expect, test, vi } from 'vitest';
import { NO_POLICY } from '../platform/policy.ts';
import { keepRetention } from './retention.ts';

const DAY_MS = 86_400_000;
const NOW = 1_900_000_000_000;

function device({
  usedAt = null as number | null,
  unsent = 0,
  blobs = 0,
  captures = false,
  retentionDays = 30 as number | null,
} = {}) {
  let used = usedAt;
  // What waits is known once the journal was read: before the attempt to send it, nothing seems to.
  let isRead = false;
  const view = <T>(read: () => T) => ({ subscribe: () => () => {}, getSnapshot: read });
  const replica = {
    drain: async () => {
      isRead = true;
    },
    sync: view(() => ({ unsent: isRead ? unsent : 0 })),
    blobs: { waiting: view(() => (isRead ? blobs : 0)) },
  };
  const eraseAccount = vi.fn(async () => {});
  const run = () =>
    keepRetention({
      policy: { ...NO_POLICY, retentionDays },
      usedAt: used,
      hasCaptures: async () => captures,
      noteUse: (at) => {
        used = at;
      },
      now: () => NOW,
      device: { eachScope: (task) => task(replica as unknown as Replica) },
      eraseAccount,
    });
  return { run, eraseAccount, used: () => used };
}

test('[J12] nothing is erased without a policy, nor before the time is over', async () => {
  for (const one of [
    device({ usedAt: 0, retentionDays: null }),
    device({ usedAt: NOW - 30 * DAY_MS + 1 }),
    device({ usedAt: null }),
  ]) {
    expect(await one.run()).toBe(false);
    expect(one.eraseAccount).not.toHaveBeenCalled();
  }
});

test('[J12] when it is over all goes, once', async () => {
  const one = device({ usedAt: NOW - 30 * DAY_MS });
  expect(await one.run()).toBe(true);
  expect(await one.run()).toBe(false);
  expect(one.eraseAccount).toHaveBeenCalledTimes(1);
});

test('[J12] what waits to be sent keeps it all, and the days begin again', async () => {
  for (const waiting of [{ unsent: 1 }, { blobs: 1 }, { captures: true }]) {
    const one = device({ usedAt: 0, ...waiting });
    expect(await one.run()).toBe(false);
    expect(one.eraseAccount).not.toHaveBeenCalled();
    expect(one.used()).toBe(NOW);
  }
});

test('[J12] a clock that goes back starts the days again', async () => {
  const one = device({ usedAt: NOW + DAY_MS });
  expect(await one.run()).toBe(false);
  expect(one.used()).toBe(NOW);
});
