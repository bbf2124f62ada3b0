import type * as Y from 'yjs';
import { z } from 'zod';
import { type Author, bornFromFixedUpdate, ColumnId, defineOperation, Rank } from '../kernel/index.ts';
import { createRecord, recordOf, setField } from '../kernel/operation.ts';
import { ColumnTitle, columnsOf, onBoard, openColumn, STARTING_COLUMNS } from './board.ts';
import { columnsView } from './board.view.ts';

/** Ranks of the three columns that a board starts with. */
const STARTING_RANKS = { todo: 'a0', doing: 'a1', done: 'a2' } as const;

function putInTrash(doc: Y.Doc, id: ColumnId, { by, at }: Author) {
  const column = recordOf(columnsOf(doc), id);
  if ((column.get('trashed') ?? null) === null) column.set('trashed', { by, at });
}

/**
 * Gives a board its first three columns, the last one for finished cards. Does nothing when there is a column already.
 *
 * @throws {Refusal} `invalid-input`
 * @see SPEC.md B5: the ids are fixed, so that two people starting it offline start one board
 */
export const startBoard = defineOperation(
  'board.startBoard',
  z.strictObject({ titles: z.strictObject({ todo: ColumnTitle, doing: ColumnTitle, done: ColumnTitle }) }),
  (doc, { titles }) => {
    if (columnsView(doc).getSnapshot().items.length > 0) return;
    for (const name of ['todo', 'doing', 'done'] as const) {
      const column = bornFromFixedUpdate(columnsOf(doc), STARTING_COLUMNS[name]);
      setField(column, 'title', titles[name]);
      setField(column, 'rank', STARTING_RANKS[name]);
      setField(column, 'holdsDone', name === 'done' ? true : undefined);
      setField(column, 'trashed', undefined);
    }
  },
  {
    ...onBoard,
    takeBack: (doc, _, author) => {
      for (const id of Object.values(STARTING_COLUMNS)) putInTrash(doc, id, author);
    },
  },
);

/** @throws {Refusal} `invalid-input`, `already-exists` */
export const createColumn = defineOperation(
  'board.createColumn',
  z.strictObject({ columnId: ColumnId, title: ColumnTitle, rank: Rank }),
  (doc, { columnId, ...fields }) => {
    createRecord(columnsOf(doc), columnId, fields);
  },
  { ...onBoard, takeBack: (doc, { columnId }, author) => putInTrash(doc, columnId, author) },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameColumn = defineOperation(
  'board.renameColumn',
  z.strictObject({ columnId: ColumnId, title: ColumnTitle }),
  (doc, { columnId, title }) => setField(recordOf(columnsOf(doc), columnId), 'title', title),
  onBoard,
);

/**
 * @param input - `rank`: fractional index, sorts between its new neighbours
 * @throws {Refusal} `invalid-input`, `not-found`
 */
export const moveColumn = defineOperation(
  'board.moveColumn',
  z.strictObject({ columnId: ColumnId, rank: Rank }),
  (doc, { columnId, rank }) => setField(openColumn(doc, columnId), 'rank', rank),
  onBoard,
);

/**
 * Says whether the cards of a column count as done.
 *
 * @throws {Refusal} `invalid-input`, `not-found`
 * @see SPEC.md B7
 */
export const markColumn = defineOperation(
  'board.markColumn',
  z.strictObject({ columnId: ColumnId, holdsDone: z.boolean() }),
  (doc, { columnId, holdsDone }) => setField(openColumn(doc, columnId), 'holdsDone', holdsDone || undefined),
  onBoard,
);

/**
 * Puts a column in the trash. Its cards stay as they are and are shown without a column.
 *
 * @throws {Refusal} `invalid-input`, `not-found`
 * @see SPEC.md B3
 */
export const trashColumn = defineOperation(
  'board.trashColumn',
  z.strictObject({ columnId: ColumnId }),
  (doc, { columnId }, author) => putInTrash(doc, columnId, author),
  onBoard,
);

/** Takes a column out of the trash, and its cards with it. @throws {Refusal} `invalid-input`, `not-found` */
export const restoreColumn = defineOperation(
  'board.restoreColumn',
  z.strictObject({ columnId: ColumnId }),
  (doc, { columnId }) => setField(recordOf(columnsOf(doc), columnId), 'trashed', undefined),
  onBoard,
);
