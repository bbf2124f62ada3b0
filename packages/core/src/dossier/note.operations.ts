import * as Y from 'yjs';
import { z } from 'zod';
import { NoteId } from '../kernel/ids.ts';
import { type Author, createRecord, defineOperation, recordOf, setField } from '../kernel/operation.ts';
import { Rank } from '../kernel/rank.ts';
import { MAX_TITLE_CHARACTERS } from './captureDraft.ts';
import { notesOf } from './dossier.ts';

const NoteTitle = z.string().trim().max(MAX_TITLE_CHARACTERS);

/**
 * Adds a note. Its body is made with it: two devices making it at their first keystroke would lose one of the texts.
 *
 * @param input - `title`: may be empty
 * @throws {Refusal} `invalid-input`, `already-exists`
 */
export const addNote = defineOperation(
  'dossier.addNote',
  z.strictObject({ noteId: NoteId, rank: Rank, title: NoteTitle }),
  (doc, { noteId, rank, title }, author) => {
    createRecord(notesOf(doc), noteId, {
      rank,
      title,
      createdAt: author.at,
      createdBy: author.by,
      body: new Y.XmlFragment(),
    });
  },
  { takeBack: (doc, { noteId }, author) => putInTrash(doc, noteId, author) },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameNote = defineOperation(
  'dossier.renameNote',
  z.strictObject({ noteId: NoteId, title: NoteTitle }),
  (doc, { noteId, title }) => setField(recordOf(notesOf(doc), noteId), 'title', title),
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const moveNote = defineOperation(
  'dossier.moveNote',
  z.strictObject({ noteId: NoteId, rank: Rank }),
  (doc, { noteId, rank }) => setField(recordOf(notesOf(doc), noteId), 'rank', rank),
);

/** @throws {Refusal} `not-found` */
export const trashNote = defineOperation(
  'dossier.trashNote',
  z.strictObject({ noteId: NoteId }),
  (doc, { noteId }, author) => putInTrash(doc, noteId, author),
);

/** @throws {Refusal} `not-found` */
export const restoreNote = defineOperation(
  'dossier.restoreNote',
  z.strictObject({ noteId: NoteId }),
  (doc, { noteId }) => setField(recordOf(notesOf(doc), noteId), 'trashed', undefined),
);

function putInTrash(doc: Y.Doc, noteId: NoteId, author: Author): void {
  const note = recordOf(notesOf(doc), noteId);
  if (!note.has('trashed')) note.set('trashed', { by: author.by, at: author.at });
}
