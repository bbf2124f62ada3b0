import type * as Y from 'yjs';
import { z } from 'zod';
import { hasFlat, removeFlat, requireFlat, setFlat } from '../kernel/flatRecords.ts';
import {
  type Author,
  BOARD_HISTORY_LINES,
  DossierId,
  defineOperation,
  MeetingId,
  MeetingTime,
  Refusal,
} from '../kernel/index.ts';
import { dossierEntriesOf, meetingEntriesOf, RegisterTitle } from './register.ts';

const onBoard = { keepLines: BOARD_HISTORY_LINES };

/** The first registration stays; a later one, by a device that rebuilds the entry, brings the fields up to date. */
function register(entries: Y.Map<unknown>, id: string, fields: Readonly<Record<string, unknown>>, author: Author) {
  const first = hasFlat(entries, id, 'registered') ? {} : { registered: { by: author.by, at: author.at } };
  setFlat(entries, id, { ...fields, ...first });
}

function setTrashed(entries: Y.Map<unknown>, id: string, author: Author | undefined) {
  requireFlat(entries, id, 'title');
  if (author !== undefined && hasFlat(entries, id, 'trashed')) return;
  setFlat(entries, id, { trashed: author && { by: author.by, at: author.at } });
}

/**
 * Enters a dossier in the team's register. Entering it again is no error: it is the same entry, with this title.
 *
 * @param doc - the team's board
 * @throws {Refusal} `invalid-input`
 * @see SPEC.md R1, R2
 */
export const registerDossier = defineOperation(
  'register.registerDossier',
  z.strictObject({ dossierId: DossierId, title: RegisterTitle }),
  (doc, { dossierId, title }, author) => register(dossierEntriesOf(doc), dossierId, { title }, author),
  onBoard,
);

/**
 * Takes a dossier out of the register for good: its title is for its people alone. One that is not in it changes nothing.
 *
 * @see SPEC.md S147
 */
export const unregisterDossier = defineOperation(
  'register.unregisterDossier',
  z.strictObject({ dossierId: DossierId }),
  (doc, { dossierId }) => removeFlat(dossierEntriesOf(doc), dossierId),
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameRegisteredDossier = defineOperation(
  'register.renameDossier',
  z.strictObject({ dossierId: DossierId, title: RegisterTitle }),
  (doc, { dossierId, title }) => {
    requireFlat(dossierEntriesOf(doc), dossierId, 'title');
    setFlat(dossierEntriesOf(doc), dossierId, { title });
  },
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const trashRegisteredDossier = defineOperation(
  'register.trashDossier',
  z.strictObject({ dossierId: DossierId }),
  (doc, { dossierId }, author) => setTrashed(dossierEntriesOf(doc), dossierId, author),
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const restoreRegisteredDossier = defineOperation(
  'register.restoreDossier',
  z.strictObject({ dossierId: DossierId }),
  (doc, { dossierId }) => setTrashed(dossierEntriesOf(doc), dossierId, undefined),
  onBoard,
);

/**
 * Takes a dossier in the trash out of the register: it was erased, and nothing rebuilds the entry.
 *
 * @throws {Refusal} `invalid-input`, `not-found`, `conflict` when it is not in the trash
 * @see SPEC.md R6
 */
export const forgetRegisteredDossier = defineOperation(
  'register.forgetDossier',
  z.strictObject({ dossierId: DossierId }),
  (doc, { dossierId }) => forget(dossierEntriesOf(doc), dossierId),
  onBoard,
);

/**
 * Enters a meeting in the team's register, or brings its entry up to date.
 *
 * @param doc - the team's board
 * @throws {Refusal} `invalid-input`
 * @see SPEC.md R1, R2
 */
export const registerMeeting = defineOperation(
  'register.registerMeeting',
  z.strictObject({ meetingId: MeetingId, title: RegisterTitle, when: MeetingTime.nullable() }),
  (doc, { meetingId, title, when }, author) => register(meetingEntriesOf(doc), meetingId, { title, when }, author),
  onBoard,
);

/**
 * Changes those fields of a meeting's entry that are given.
 *
 * @throws {Refusal} `invalid-input`, `not-found`
 */
export const updateRegisteredMeeting = defineOperation(
  'register.updateMeeting',
  z.strictObject({
    meetingId: MeetingId,
    title: RegisterTitle.optional(),
    when: MeetingTime.nullable().optional(),
  }),
  (doc, { meetingId, ...fields }) => {
    requireFlat(meetingEntriesOf(doc), meetingId, 'title');
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    setFlat(meetingEntriesOf(doc), meetingId, Object.fromEntries(given));
  },
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const trashRegisteredMeeting = defineOperation(
  'register.trashMeeting',
  z.strictObject({ meetingId: MeetingId }),
  (doc, { meetingId }, author) => setTrashed(meetingEntriesOf(doc), meetingId, author),
  onBoard,
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const restoreRegisteredMeeting = defineOperation(
  'register.restoreMeeting',
  z.strictObject({ meetingId: MeetingId }),
  (doc, { meetingId }) => setTrashed(meetingEntriesOf(doc), meetingId, undefined),
  onBoard,
);

/** As `forgetRegisteredDossier`. @throws {Refusal} `invalid-input`, `not-found`, `conflict` */
export const forgetRegisteredMeeting = defineOperation(
  'register.forgetMeeting',
  z.strictObject({ meetingId: MeetingId }),
  (doc, { meetingId }) => forget(meetingEntriesOf(doc), meetingId),
  onBoard,
);

function forget(entries: Y.Map<unknown>, id: string): void {
  requireFlat(entries, id, 'title');
  if (!hasFlat(entries, id, 'trashed')) throw new Refusal('conflict', { id });
  removeFlat(entries, id);
}
