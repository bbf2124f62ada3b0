import type { KeyStore } from '@liasse/ui/account';
import type { Policy } from './policy.ts';

const KEY = 'used-at';
const DAY_MS = 24 * 60 * 60_000;

/** When somebody last opened Liasse on this device, in ms since the epoch; null where it was never noted. */
export function lastUse(store: KeyStore): number | null {
  const at = Number(store.read(KEY) ?? Number.NaN);
  return Number.isFinite(at) ? at : null;
}

export const noteUse = (store: KeyStore, at: number): void => store.write(KEY, String(at));

/** Whether a device kept its copy for longer than its administration allows. A clock that went back says nothing. */
export const isOver = ({ retentionDays }: Policy, usedAt: number | null, now: number): boolean =>
  retentionDays !== null && usedAt !== null && now - usedAt >= retentionDays * DAY_MS;
