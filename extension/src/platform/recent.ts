import type { DossierId, TeamId } from '@liasse/core';
import type { KeyStore } from '@liasse/ui/account';

/** A dossier as the popup offers it. */
export interface RecentDossier {
  readonly id: DossierId;
  readonly title: string;
}

export const RECENT_PREFIX = 'dossiers/';

/** The popup opens no document: it reads this table, most recent first. */
export const recentKey = (team: string): string => `${RECENT_PREFIX}${team}`;
const KEPT = 300;

/** Reads a team's table; what cannot be read is left out. */
export function parseRecent(text: string | null | undefined): readonly RecentDossier[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isRecent) : [];
  } catch {
    return [];
  }
}

const isRecent = (entry: unknown): entry is RecentDossier =>
  typeof entry === 'object' &&
  entry !== null &&
  'id' in entry &&
  typeof entry.id === 'string' &&
  'title' in entry &&
  typeof entry.title === 'string';

/** Puts the dossiers given first, in their order; the others that still exist follow. */
export function rememberRecent(store: KeyStore, team: TeamId, dossiers: readonly RecentDossier[]): void {
  store.write(recentKey(team), JSON.stringify(dossiers.slice(0, KEPT).map(({ id, title }) => ({ id, title }))));
}

/** A dossier that was just used comes first. */
export function bringForward(store: KeyStore, team: TeamId, dossier: RecentDossier): void {
  const others = parseRecent(store.read(recentKey(team))).filter(({ id }) => id !== dossier.id);
  rememberRecent(store, team, [dossier, ...others]);
}
