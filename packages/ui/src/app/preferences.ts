import { z } from 'zod';
import type { Preferences } from './platform.ts';

export const FIRST_PREFERENCES: Preferences = { language: 'fr', theme: 'system', singleKeys: true };

const Stored = z.object({
  // A value this version does not know falls back alone; the other choices stay.
  language: z.enum(['fr', 'en']).catch(FIRST_PREFERENCES.language),
  theme: z.enum(['system', 'light', 'dark']).catch(FIRST_PREFERENCES.theme),
  singleKeys: z.boolean().catch(FIRST_PREFERENCES.singleKeys),
});

/** Reads what was stored; null when there is nothing, or nothing that can be read. */
export function parsePreferences(text: string | null): Preferences | null {
  if (text === null) return null;
  try {
    return Stored.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
