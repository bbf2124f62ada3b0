import { type DossierId, NoteId } from '@liasse/core';
import { paths } from '../app/paths.ts';

/** The parts of a dossier's screen, in order. */
export const SECTIONS = ['slip', 'notes', 'history'] as const;
export type Section = (typeof SECTIONS)[number];

/** Where one is inside a dossier, from what follows its own path. */
export interface PlaceInDossier {
  readonly section: Section;
  readonly noteId: NoteId | null;
}

/** The list, ready for the title of a new dossier: where the command leads. */
export const newDossierPath = `${paths.dossiers}?nouveau`;

/** What an unknown end shows is the bordereau: links of other versions still open the dossier. */
export function placeIn(rest: string): PlaceInDossier {
  const [head = '', tail] = rest.split('/');
  if (head === 'historique') return { section: 'history', noteId: null };
  if (head === 'notes') return { section: 'notes', noteId: NoteId.safeParse(tail).data ?? null };
  return { section: 'slip', noteId: null };
}

export const sectionPath = (id: DossierId, section: Section): string =>
  ({ slip: paths.dossier(id), notes: `${paths.dossier(id)}/notes`, history: `${paths.dossier(id)}/historique` })[
    section
  ];

/** The bordereau as it goes on paper. */
export const slipPrintPath = (id: DossierId): string => `${paths.dossier(id)}/bordereau`;

export const notePath = (id: DossierId, note: NoteId): string => `${paths.dossier(id)}/notes/${note}`;
