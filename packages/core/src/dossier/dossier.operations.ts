import { z } from 'zod';
import { Day } from '../kernel/clock.ts';
import { metaOf } from '../kernel/document.ts';
import { DossierId } from '../kernel/ids.ts';
import { defineOperation, setField } from '../kernel/operation.ts';
import { Refusal } from '../kernel/refusal.ts';

/** As long as the team's register shows. */
const DossierTitle = z.string().trim().min(1).max(300);

/**
 * Makes an empty document a dossier.
 *
 * @throws {Refusal} `invalid-input`, `already-exists`
 * @see SPEC.md D1
 */
export const createDossier = defineOperation(
  'dossier.create',
  z.strictObject({ dossierId: DossierId, title: DossierTitle }),
  (doc, { dossierId, title }, author) => {
    const meta = metaOf(doc);
    if (meta.has('kind')) throw new Refusal('already-exists', { id: dossierId });
    meta.set('kind', 'dossier');
    meta.set('id', dossierId);
    meta.set('title', title);
    meta.set('createdAt', author.at);
    meta.set('createdBy', author.by);
  },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameDossier = defineOperation(
  'dossier.rename',
  z.strictObject({ title: DossierTitle }),
  (doc, { title }) => {
    setField(existing(metaOf(doc)), 'title', title);
  },
);

/**
 * Sets the civil day the matter is due, or takes it away with null.
 *
 * @throws {Refusal} `invalid-input`, `not-found`
 */
export const setDossierDeadline = defineOperation(
  'dossier.setDeadline',
  z.strictObject({ deadline: Day.nullable() }),
  (doc, { deadline }) => {
    setField(existing(metaOf(doc)), 'deadline', deadline ?? undefined);
  },
);

/**
 * Notes that only named people may open the dossier, or that the team may again. The right itself is the server's.
 *
 * @throws {Refusal} `not-found`
 * @see SPEC.md S147
 */
export const setDossierRestricted = defineOperation(
  'dossier.setRestricted',
  z.strictObject({ restricted: z.boolean() }),
  (doc, { restricted }) => {
    setField(existing(metaOf(doc)), 'restricted', restricted || undefined);
  },
);

/** Puts the dossier in the trash, whole and reversibly. @throws {Refusal} `not-found` */
export const trashDossier = defineOperation('dossier.trash', z.strictObject({}), (doc, _input, author) => {
  const meta = existing(metaOf(doc));
  if (!meta.has('trashed')) meta.set('trashed', { by: author.by, at: author.at });
});

/** @throws {Refusal} `not-found` */
export const restoreDossier = defineOperation('dossier.restore', z.strictObject({}), (doc) => {
  setField(existing(metaOf(doc)), 'trashed', undefined);
});

type Meta = ReturnType<typeof metaOf>;

function existing(meta: Meta): Meta {
  if (meta.get('kind') !== 'dossier') throw new Refusal('not-found', { id: 'meta' });
  return meta;
}
