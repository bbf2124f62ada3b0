import type { AccountId } from '@liasse/core/protocol';
import type { Entry, Sitting, Version } from './roomStore.ts';

/** A silence this long ends a sitting. */
export const SITTING_SILENCE_MS = 30 * 60_000;

const DAY_MS = 24 * 60 * 60_000;
/** Every version is kept this long; then one a day. */
const ALL_MS = 30 * DAY_MS;
/** Then one a month. */
const DAILY_MS = 365 * DAY_MS;

export interface VersionPlan {
  /** In order of `seq`; the last is that of the last row. */
  readonly added: readonly Version[];
  /** The version that goes, because all of its sittings went on. */
  readonly superseded: number | null;
}

/**
 * Which versions rows leave behind when they are compacted: one at the end of each sitting, and one at the last row, which stands for
 * the sittings that may go on.
 *
 * @param rows - at least one, in order
 * @param before - the version at the row before the first; null when there is none
 */
export function planVersions(
  rows: readonly Omit<Entry, 'update'>[],
  { before, now }: { before: Version | null; now: number },
): VersionPlan {
  const open = new Map<string, Sitting & { readonly seq: number }>();
  const ends = new Set<number>();
  for (const sitting of before?.open ?? []) open.set(keyOf(sitting), { ...sitting, seq: before?.seq ?? 0 });
  for (const { seq, account, session, at } of rows) {
    const known = open.get(keyOf({ account, session }));
    if (known && at - known.at > SITTING_SILENCE_MS) ends.add(known.seq);
    open.set(keyOf({ account, session }), { account, session, at, seq });
  }
  for (const [key, { at, seq }] of open) {
    if (now - at <= SITTING_SILENCE_MS) continue;
    ends.add(seq);
    open.delete(key);
  }
  const last = rows.at(-1)?.seq ?? 0;
  ends.add(last);
  const wentOn = before !== null && before.open.length > 0 && !ends.has(before.seq);
  const added: Version[] = [];
  let accounts = new Set<AccountId>(wentOn ? before.accounts : []);
  for (const { seq, account, at } of rows) {
    accounts.add(account);
    if (!ends.has(seq)) continue;
    const goingOn = seq === last ? [...open.values()].map(({ seq: _, ...sitting }) => sitting) : [];
    added.push({ seq, at, accounts: [...accounts], open: goingOn });
    accounts = new Set();
  }
  return { added, superseded: wentOn ? before.seq : null };
}

/**
 * The versions that are given up as they grow old: all are kept for thirty days, then the last of each day for a year, then the last of
 * each month. So the newest of all stays, whatever its age.
 */
export function thinned(versions: readonly Pick<Version, 'seq' | 'at'>[], now: number): number[] {
  const kept = new Map<string, number>();
  for (const { seq, at } of versions) kept.set(slotOf(at, seq, now), seq);
  const stays = new Set(kept.values());
  return versions.flatMap(({ seq }) => (stays.has(seq) ? [] : seq));
}

function slotOf(at: number, seq: number, now: number): string {
  if (now - at <= ALL_MS) return `each ${seq}`;
  const day = new Date(at).toISOString();
  return now - at <= DAILY_MS ? day.slice(0, 10) : day.slice(0, 7);
}

const keyOf = ({ account, session }: Pick<Sitting, 'account' | 'session'>): string => `${account} ${session}`;
