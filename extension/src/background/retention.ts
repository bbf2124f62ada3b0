import type { Replica } from '@liasse/core/replica';
import { isOver } from '../platform/lastUse.ts';
import type { Policy } from '../platform/policy.ts';

/** What the end of a retention is decided with, and carried out. */
export interface RetentionPorts {
  readonly policy: Policy;
  /** When somebody last used this device, in ms since the epoch; null where it was never noted. */
  readonly usedAt: number | null;
  readonly noteUse: (at: number) => void;
  readonly now: () => number;
  /** Whether a capture is under way: nobody else has it yet. */
  readonly hasCaptures: () => Promise<boolean>;
  readonly device: { readonly eachScope: (task: (replica: Replica) => Promise<void>) => Promise<void> };
  /** Leaves the session and erases what its account holds on this device. */
  readonly eraseAccount: () => Promise<void>;
}

/**
 * Erases the account of a device that nobody used for longer than its administration allows. Where something waits to be sent, it is
 * sent, all stays, and the days begin again.
 *
 * @returns whether it was erased
 * @see SPEC.md J12
 */
export async function keepRetention(ports: RetentionPorts): Promise<boolean> {
  const { policy, usedAt } = ports;
  const now = ports.now();
  const over = isOver(policy, usedAt, now);
  const waits = over && ((await ports.hasCaptures()) || (await hasUnsent(ports.device)));
  if (over && !waits) await ports.eraseAccount();
  // The days begin when they can be counted: a clock that went back starts them again.
  if (over || usedAt === null || usedAt > now) ports.noteUse(now);
  return over && !waits;
}

async function hasUnsent(device: RetentionPorts['device']): Promise<boolean> {
  let waiting = false;
  await device.eachScope(async (replica) => {
    await replica.drain();
    if (replica.sync.getSnapshot().unsent > 0 || replica.blobs.waiting.getSnapshot() > 0) waiting = true;
  });
  return waiting;
}
