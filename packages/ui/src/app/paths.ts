import type { CardId, DossierId, MeetingId, PieceId, TeamId } from '@liasse/core';

/**
 * One object, one URL. What belongs to a team stands under `/equipe/<team>`, so that a link sent to a colleague opens in the
 * right team whatever is on their screen. Paths of slices are written without that prefix: inside a team the router adds it.
 * Paths that start with `~` belong to no team.
 */
export const paths = {
  day: '~/',
  settings: '~/reglages',
  join: '~/rejoindre',
  stored: '~/reglages/donnees',
  devices: '~/reglages/appareils',
  /** Where the identity provider sends the browser back to. */
  signIn: '~/connexion',
  /** Where a device is let in: `DEVICE_PAGE` of the protocol. */
  letIn: '~/appareil',
  trash: '/corbeille',
  drafts: '/brouillons',
  board: '/planning',
  card: (id: CardId) => `/planning/carte/${id}`,
  dossiers: '/dossiers',
  dossier: (id: DossierId) => `/dossiers/${id}`,
  piece: (id: DossierId, piece: PieceId) => `/dossiers/${id}/piece/${piece}`,
  search: '/recherche',
  meetings: '/reunions',
  meeting: (id: MeetingId) => `/reunions/${id}`,
} as const;

/** The earlier states of a document. */
export const versionPaths = {
  board: `${paths.board}/versions`,
  dossier: (id: string) => `${paths.dossiers}/${id}/versions`,
  meeting: (id: string) => `${paths.meetings}/${id}/versions`,
} as const;

/** A slice's path as seen from anywhere: from the rail, from another team, from the popup. */
export function inTeam(team: TeamId, path: string): string {
  return path.startsWith('~') ? path : `~${teamBase(team)}${path}`;
}

/** What the router of a team's screens adds to every path. */
export const teamBase = (team: TeamId): string => `/equipe/${team}`;
