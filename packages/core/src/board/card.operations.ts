import * as Y from 'yjs';
import { z } from 'zod';
import {
  AccountId,
  type Author,
  CardId,
  Day,
  DossierId,
  defineOperation,
  MeetingId,
  Refusal,
} from '../kernel/index.ts';
import { createRecord, recordOf, setField } from '../kernel/operation.ts';
import { BlockedReason, CardTitle, cardsOf, onBoard, openColumn, Place } from './board.ts';

const cardOf = (doc: Y.Doc, id: CardId): Y.Map<unknown> => recordOf(cardsOf(doc), id);

function putInTrash(doc: Y.Doc, id: CardId, { by, at }: Author) {
  const card = cardOf(doc, id);
  if ((card.get('trashed') ?? null) === null) card.set('trashed', { by, at });
}

/**
 * Creates a card in a column.
 *
 * @param doc - the team's board
 * @param input - `cardId`: fresh; `due`: civil day
 * @throws {Refusal} `invalid-input`, `not-found` (the column), `already-exists`
 */
export const createCard = defineOperation(
  'board.createCard',
  z.strictObject({
    cardId: CardId,
    title: CardTitle,
    place: Place,
    due: Day.optional(),
    dossierId: DossierId.optional(),
    meetingId: MeetingId.optional(),
  }),
  (doc, { cardId, ...fields }, { by, at }) => {
    openColumn(doc, fields.place.columnId);
    createRecord(cardsOf(doc), cardId, { ...fields, people: new Y.Map(), created: { by, at } });
  },
  // Undone, a new card goes to the trash: a colleague may have written on it since.
  { ...onBoard, takeBack: (doc, { cardId }, author) => putInTrash(doc, cardId, author) },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameCard = defineOperation(
  'board.renameCard',
  z.strictObject({ cardId: CardId, title: CardTitle }),
  (doc, { cardId, title }) => setField(cardOf(doc, cardId), 'title', title),
  onBoard,
);

/**
 * Moves a card to a column, at a rank.
 *
 * @param input - `place.rank`: fractional index, sorts between its new neighbours
 * @throws {Refusal} `invalid-input`, `not-found` (the card, or the column)
 * @see SPEC.md B1, B4
 */
export const moveCard = defineOperation(
  'board.moveCard',
  z.strictObject({ cardId: CardId, place: Place }),
  (doc, { cardId, place }) => {
    openColumn(doc, place.columnId);
    setField(cardOf(doc, cardId), 'place', place);
  },
  onBoard,
);

/** Sets the civil day a card is due, or none. @throws {Refusal} `invalid-input`, `not-found` */
export const setCardDue = defineOperation(
  'board.setCardDue',
  z.strictObject({ cardId: CardId, due: Day.nullable() }),
  (doc, { cardId, due }) => setField(cardOf(doc, cardId), 'due', due ?? undefined),
  onBoard,
);

/** Says that a card is blocked, and why. @throws {Refusal} `invalid-input`, `not-found` */
export const blockCard = defineOperation(
  'board.blockCard',
  z.strictObject({ cardId: CardId, reason: BlockedReason }),
  (doc, { cardId, reason }) => setField(cardOf(doc, cardId), 'blocked', { reason }),
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const unblockCard = defineOperation(
  'board.unblockCard',
  z.strictObject({ cardId: CardId }),
  (doc, { cardId }) => setField(cardOf(doc, cardId), 'blocked', undefined),
  onBoard,
);

/** Links a card to a dossier, or to none. @throws {Refusal} `invalid-input`, `not-found` */
export const linkDossier = defineOperation(
  'board.linkDossier',
  z.strictObject({ cardId: CardId, dossierId: DossierId.nullable() }),
  (doc, { cardId, dossierId }) => setField(cardOf(doc, cardId), 'dossierId', dossierId ?? undefined),
  onBoard,
);

const Assignment = z.strictObject({ cardId: CardId, account: AccountId });

function peopleOf(doc: Y.Doc, cardId: CardId): Y.Map<unknown> {
  const people = cardOf(doc, cardId).get('people');
  if (!(people instanceof Y.Map)) throw new Refusal('not-found', { cardId });
  return people;
}

/** Adds a person to a card. @throws {Refusal} `invalid-input`, `not-found` */
export const assignPerson = defineOperation(
  'board.assignPerson',
  Assignment,
  (doc, { cardId, account }) => setField(peopleOf(doc, cardId), account, true),
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const unassignPerson = defineOperation(
  'board.unassignPerson',
  Assignment,
  (doc, { cardId, account }) => setField(peopleOf(doc, cardId), account, undefined),
  onBoard,
);

/** Marks a card as done; who was first stays. @throws {Refusal} `invalid-input`, `not-found` */
export const finishCard = defineOperation(
  'board.finishCard',
  z.strictObject({ cardId: CardId }),
  (doc, { cardId }, { by, at }) => {
    const card = cardOf(doc, cardId);
    if ((card.get('done') ?? null) === null) card.set('done', { by, at });
  },
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const reopenCard = defineOperation(
  'board.reopenCard',
  z.strictObject({ cardId: CardId }),
  (doc, { cardId }) => setField(cardOf(doc, cardId), 'done', undefined),
  onBoard,
);

/** Puts a card in the trash. @throws {Refusal} `invalid-input`, `not-found` */
export const trashCard = defineOperation(
  'board.trashCard',
  z.strictObject({ cardId: CardId }),
  (doc, { cardId }, author) => putInTrash(doc, cardId, author),
  onBoard,
);

/** Takes a card out of the trash, where it was. @throws {Refusal} `invalid-input`, `not-found` */
export const restoreCard = defineOperation(
  'board.restoreCard',
  z.strictObject({ cardId: CardId }),
  (doc, { cardId }) => setField(cardOf(doc, cardId), 'trashed', undefined),
  onBoard,
);
