import * as Y from 'yjs';
import { z } from 'zod';
import { AgendaItemId } from '../kernel/ids.ts';
import { type Author, createRecord, defineOperation, recordOf, setField } from '../kernel/operation.ts';
import { Rank } from '../kernel/rank.ts';
import { ItemKind, itemsOf, MAX_ITEM_MINUTES } from './meeting.ts';

const ItemTitle = z.string().trim().min(1).max(300);
const Minutes = z.int().min(0).max(MAX_ITEM_MINUTES);
const Rapporteur = z.string().trim().max(200);

/**
 * Adds an item to the agenda. Its body is made with it: two devices making it at their first keystroke would lose one of
 * the texts.
 *
 * @throws {Refusal} `invalid-input`, `already-exists`
 * @see SPEC.md M4
 */
export const addItem = defineOperation(
  'meeting.addItem',
  z.strictObject({
    itemId: AgendaItemId,
    rank: Rank,
    title: ItemTitle,
    kind: ItemKind,
    minutes: Minutes,
    rapporteur: Rapporteur.default(''),
  }),
  (doc, { itemId, ...fields }, author) => {
    createRecord(itemsOf(doc), itemId, {
      ...fields,
      createdAt: author.at,
      createdBy: author.by,
      body: new Y.XmlFragment(),
    });
  },
  { takeBack: (doc, { itemId }, author) => putInTrash(doc, itemId, author) },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameItem = defineOperation(
  'meeting.renameItem',
  z.strictObject({ itemId: AgendaItemId, title: ItemTitle }),
  (doc, { itemId, title }) => setField(recordOf(itemsOf(doc), itemId), 'title', title),
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const setItemKind = defineOperation(
  'meeting.setItemKind',
  z.strictObject({ itemId: AgendaItemId, kind: ItemKind }),
  (doc, { itemId, kind }) => setField(recordOf(itemsOf(doc), itemId), 'kind', kind),
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const setItemMinutes = defineOperation(
  'meeting.setItemMinutes',
  z.strictObject({ itemId: AgendaItemId, minutes: Minutes }),
  (doc, { itemId, minutes }) => setField(recordOf(itemsOf(doc), itemId), 'minutes', minutes),
);

/** @param input - `rapporteur`: may be empty. @throws {Refusal} `invalid-input`, `not-found` */
export const setItemRapporteur = defineOperation(
  'meeting.setItemRapporteur',
  z.strictObject({ itemId: AgendaItemId, rapporteur: Rapporteur }),
  (doc, { itemId, rapporteur }) => setField(recordOf(itemsOf(doc), itemId), 'rapporteur', rapporteur),
);

/**
 * Moves an item on the agenda. The numbers and the clock times follow.
 *
 * @param input - `rank`: fractional index, sorts between its new neighbours
 * @throws {Refusal} `invalid-input`, `not-found`
 */
export const moveItem = defineOperation(
  'meeting.moveItem',
  z.strictObject({ itemId: AgendaItemId, rank: Rank }),
  (doc, { itemId, rank }) => setField(recordOf(itemsOf(doc), itemId), 'rank', rank),
);

/** Takes an item off the agenda, reversibly, with its text. @throws {Refusal} `not-found` */
export const trashItem = defineOperation(
  'meeting.trashItem',
  z.strictObject({ itemId: AgendaItemId }),
  (doc, { itemId }, author) => putInTrash(doc, itemId, author),
);

/** @throws {Refusal} `not-found` */
export const restoreItem = defineOperation(
  'meeting.restoreItem',
  z.strictObject({ itemId: AgendaItemId }),
  (doc, { itemId }) => setField(recordOf(itemsOf(doc), itemId), 'trashed', undefined),
);

function putInTrash(doc: Y.Doc, itemId: AgendaItemId, author: Author): void {
  const item = recordOf(itemsOf(doc), itemId);
  if (!item.has('trashed')) item.set('trashed', { by: author.by, at: author.at });
}
