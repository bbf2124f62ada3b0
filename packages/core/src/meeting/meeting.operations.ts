import { z } from 'zod';
import { metaOf } from '../kernel/document.ts';
import { MeetingId } from '../kernel/ids.ts';
import { defineOperation, setField } from '../kernel/operation.ts';
import { Refusal } from '../kernel/refusal.ts';
import { MeetingWhen } from './meeting.ts';

/** As long as the team's register shows. */
const MeetingTitle = z.string().trim().min(1).max(300);

type Meta = ReturnType<typeof metaOf>;

/**
 * Makes an empty document a meeting.
 *
 * @throws {Refusal} `invalid-input`, `already-exists`
 * @see SPEC.md M1
 */
export const createMeeting = defineOperation(
  'meeting.create',
  z.strictObject({ meetingId: MeetingId, title: MeetingTitle, when: MeetingWhen.nullable().default(null) }),
  (doc, { meetingId, title, when }, author) => {
    const meta = metaOf(doc);
    if (meta.has('kind')) throw new Refusal('already-exists', { id: meetingId });
    meta.set('kind', 'meeting');
    meta.set('id', meetingId);
    meta.set('title', title);
    if (when !== null) meta.set('when', when);
    meta.set('createdAt', author.at);
    meta.set('createdBy', author.by);
  },
  { takeBack: (doc, _input, author) => putInTrash(metaOf(doc), author) },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const renameMeeting = defineOperation(
  'meeting.rename',
  z.strictObject({ title: MeetingTitle }),
  (doc, { title }) => setField(existing(metaOf(doc)), 'title', title),
);

/**
 * Sets the day and hours of a meeting, or takes them away with null.
 *
 * @throws {Refusal} `invalid-input`, `not-found`
 * @see SPEC.md M2
 */
export const scheduleMeeting = defineOperation(
  'meeting.schedule',
  z.strictObject({ when: MeetingWhen.nullable() }),
  (doc, { when }) => setField(existing(metaOf(doc)), 'when', when ?? undefined),
);

/** @param input - `place`: a room, an address, a link; may be empty. @throws {Refusal} `invalid-input`, `not-found` */
export const setMeetingPlace = defineOperation(
  'meeting.setPlace',
  z.strictObject({ place: z.string().trim().max(300) }),
  (doc, { place }) => setField(existing(metaOf(doc)), 'place', place),
);

/** Puts the meeting in the trash, whole and reversibly. @throws {Refusal} `not-found` */
export const trashMeeting = defineOperation('meeting.trash', z.strictObject({}), (doc, _input, author) =>
  putInTrash(existing(metaOf(doc)), author),
);

/** @throws {Refusal} `not-found` */
export const restoreMeeting = defineOperation('meeting.restore', z.strictObject({}), (doc) =>
  setField(existing(metaOf(doc)), 'trashed', undefined),
);

function existing(meta: Meta): Meta {
  if (meta.get('kind') !== 'meeting') throw new Refusal('not-found', { id: 'meta' });
  return meta;
}

function putInTrash(meta: Meta, author: { readonly by: string; readonly at: number }): void {
  if (!meta.has('trashed')) meta.set('trashed', { by: author.by, at: author.at });
}
