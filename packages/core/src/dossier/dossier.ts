import type * as Y from 'yjs';
import { z } from 'zod';
import { Day } from '../kernel/clock.ts';
import { metaOf } from '../kernel/document.ts';
import { AccountId, DossierId, NoteId, PieceId } from '../kernel/ids.ts';
import { Rank } from '../kernel/rank.ts';
import { Trashed } from '../kernel/trashed.ts';
import { LanguageTag, Missing } from './captureDraft.ts';
import { LegalReference } from './legal.ts';
import { BlobRef } from './text.ts';

/** The pieces of a dossier's document, by id. */
export const piecesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('pieces');

/** The notes of a dossier's document, by id. */
export const notesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('notes');

/** The blobs a document refers to: hash → `{type, bytes}`. Whoever may read the document may read these. */
export const blobsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('blobs');

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
  trashed,
});
export type Dossier = z.infer<typeof Dossier>;

/** A piece as lists show it: everything but its text. */
export const Piece = z.object({
  id: PieceId,
  /** Its place on the bordereau; its number there is its position, from 1. */
  rank: Rank,
  title: z.string(),
  url: z.string(),
  site: z.string(),
  language: LanguageTag.nullable().default(null),
  capturedAt: z.number(),
  capturedBy: AccountId,
  legal: LegalReference.nullable().default(null),
  /** The inert copy of the page; null when none could be taken. */
  snapshot: BlobRef.nullable().default(null),
  missing: z.array(Missing).default([]),
  trashed,
});
export type Piece = z.infer<typeof Piece>;

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
export const dossierUndoable = (doc: Y.Doc): readonly Y.Map<unknown>[] => [metaOf(doc), piecesOf(doc), notesOf(doc)];
