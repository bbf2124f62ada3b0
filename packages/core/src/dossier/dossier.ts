import type * as Y from 'yjs';
import { z } from 'zod';
import { Day } from '../kernel/clock.ts';
import { metaOf } from '../kernel/document.ts';
import { AccountId, DossierId, NoteId } from '../kernel/ids.ts';
import { Rank } from '../kernel/rank.ts';
import { Trashed } from '../kernel/trashed.ts';
import { BLOBS_ROOT } from '../protocol/versions.ts';

/** The pieces of a dossier's document, by id. */
export const piecesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('pieces');

/** The notes of a dossier's document, by id. */
export const notesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('notes');

/** The highlights of a dossier's pieces, by id. */
export const highlightsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('highlights');

/** The blobs a document refers to: hash → `{type, bytes}`. Whoever may read the document may read these. */
export const blobsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(BLOBS_ROOT);

const trashed = Trashed.default(null);

/** What a dossier's `meta` says of it. The team's register repeats its title and can be rebuilt from here. */
export const Dossier = z.object({
  kind: z.literal('dossier'),
  id: DossierId,
  title: z.string(),
  createdAt: z.number(),
  createdBy: AccountId,
  /** The civil day the whole matter is due. */
  deadline: Day.nullable().default(null),
  /** Only the people that the server names may open it, and the team's register does not list it. */
  restricted: z.boolean().default(false),
  trashed,
});
export type Dossier = z.infer<typeof Dossier>;

/** A note as lists show it: everything but its body. An empty title is one that was not given. */
export const Note = z.object({
  id: NoteId,
  rank: Rank,
  title: z.string(),
  createdAt: z.number(),
  createdBy: AccountId,
  trashed,
});
export type Note = z.infer<typeof Note>;

/** What `Ctrl+Z` takes back in a dossier. Not `blobs`: what a record once referred to stays listed for its return. */
export const dossierUndoable = (doc: Y.Doc): readonly Y.Map<unknown>[] => [
  metaOf(doc),
  piecesOf(doc),
  notesOf(doc),
  highlightsOf(doc),
];
