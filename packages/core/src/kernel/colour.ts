import type { AccountId } from './ids.ts';

/** Colours in the palette of people (look.md). */
const COLOURS = 7;

/** An account's colour, the same on every screen: an index into the palette of people. */
export function colourOf(account: AccountId): number {
  let hash = 0;
  for (const character of account) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % COLOURS;
}
