import { generateKeyBetween } from 'fractional-indexing';
import { z } from 'zod';
import type { Randomness } from './ids.ts';

/** A fractional index: sorts as a plain string, and there is always room for another between two. */
export const Rank = z
  .string()
  .max(512)
  .regex(/^[A-Za-z][0-9A-Za-z]*$/, { error: 'not a rank' })
  .brand<'Rank'>();
export type Rank = z.infer<typeof Rank>;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const JITTER_DIGITS = 4;

/** Total order on strings by code unit, as every replica computes it whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A rank strictly between two neighbours.
 *
 * Four random digits follow the exact middle, so that two people who insert at one place at once almost never make the
 * same rank: a tie is ordered by id, but nothing could be inserted inside it.
 *
 * @param before - rank of the neighbour above, or null at the top
 * @param after - rank of the neighbour below, or null at the end; not above `before`: then it counts as null
 */
export function rankBetween(before: Rank | null, after: Rank | null, random: Randomness): Rank {
  const above = before !== null && after !== null && after <= before ? null : after;
  const middle = keyBetween(before, above);
  let jittered = middle;
  for (const byte of random.bytes(JITTER_DIGITS)) jittered += DIGITS[1 + (byte % (DIGITS.length - 1))];
  return (above === null || jittered < above ? jittered : middle) as Rank;
}

/** A neighbour made by a foreign or broken peer may be no valid index: then its own text still sorts, so extend that. */
function keyBetween(before: Rank | null, after: Rank | null): string {
  try {
    return generateKeyBetween(before, after);
  } catch {
    return before === null ? 'Zz' : `${before}V`;
  }
}

/** The rank that puts something at `index` of a sorted list which does not hold it. Index past the end: at the end. */
export function rankAt(sorted: readonly { readonly rank: Rank }[], index: number, random: Randomness): Rank {
  const before = sorted[Math.min(index, sorted.length) - 1]?.rank ?? null;
  // Ties are skipped: no rank lies inside one.
  const after = sorted.slice(Math.max(index, 0)).find((item) => before === null || item.rank > before)?.rank ?? null;
  return rankBetween(before, after, random);
}
