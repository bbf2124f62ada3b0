import type { Theme } from '@liasse/ui/popup';
import { browser } from 'wxt/browser';
import * as z from 'zod/mini';
import { NO_POLICY, POLICY_KEY, type Policy, rememberedPolicy } from '../platform/policy.ts';
import { parseRecent, type RecentDossier, recentKey } from '../platform/recent.ts';

/** What the popup knows of this device, in one read of extension storage. */
export interface DeviceTable {
  readonly language: 'fr' | 'en';
  readonly theme: Theme;
  /** Null on a device that nobody has used yet: the worker then makes its first team. */
  readonly team: { readonly id: string; readonly name: string } | null;
  /** Whether there are several, so that the one written into is worth saying. */
  readonly manyTeams: boolean;
  readonly dossiers: readonly RecentDossier[];
  /** What the administration allows, as it was read last. */
  readonly policy: Policy;
}

const Team = z.object({ id: z.string(), name: z.string() });
const Session = z.object({
  local: z.object({ team: Team }),
  sample: z.nullish(z.object({ team: Team })),
  server: z.nullable(z.object({ teams: z.array(Team) })),
  current: z.nullable(z.string()),
});
const Settings = z.object({
  language: z.catch(z.enum(['fr', 'en']), 'fr'),
  theme: z.catch(z.enum(['system', 'light', 'dark']), 'system'),
});

/** Reads the session, the settings and the recent dossiers as the app left them. Nothing is written. */
export async function readDeviceTable(): Promise<DeviceTable> {
  const {
    session: sessionText,
    preferences,
    [POLICY_KEY]: policy,
  } = await browser.storage.local.get(['session', 'preferences', POLICY_KEY]);
  const session = Session.safeParse(json(sessionText)).data ?? null;
  const settings = Settings.safeParse(json(preferences)).data ?? { language: 'fr', theme: 'system' };
  const teams = session === null ? [] : teamsOf(session);
  const team = teams.find(({ id }) => id === session?.current) ?? teams[0] ?? null;
  const key = team === null ? null : recentKey(team.id);
  const recent = key === null ? null : (await browser.storage.local.get(key))[key];
  return {
    ...settings,
    team,
    manyTeams: teams.length > 1,
    dossiers: parseRecent(typeof recent === 'string' ? recent : null),
    policy: rememberedPolicy(policy) ?? NO_POLICY,
  };
}

/** In the app's order: a server's teams first. */
function teamsOf({ server, local, sample }: z.infer<typeof Session>) {
  return [...(server?.teams ?? []), local.team, ...(sample ? [sample.team] : [])];
}

function json(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
