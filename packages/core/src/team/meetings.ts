import { type MeetingId, newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import {
  createMeeting,
  type Meeting,
  type MeetingWhen,
  meetingView,
  renameMeeting,
  restoreMeeting,
  scheduleMeeting,
  trashMeeting,
} from '../meeting/index.ts';
import { boardRoom, meetingRoom } from '../protocol/rooms.ts';
import {
  meetingRegisterView,
  registerMeeting,
  restoreRegisteredMeeting,
  trashedMeetingRegisterView,
  trashRegisteredMeeting,
} from '../register/index.ts';
import { arrival, type TeamDoc, type TeamDocs, within } from './docs.ts';

/**
 * Makes a meeting: its own document first, then its entry in the team's register. Cut between the two, the meeting exists
 * and `ensureMeetingRegistered` mends the list.
 *
 * @throws {Refusal} `invalid-input`, `read-only`, `no-space`
 * @see SPEC.md T1
 */
export async function newMeeting(
  docs: TeamDocs,
  { title, when = null }: { readonly title: string; readonly when?: MeetingWhen | null },
): Promise<MeetingId> {
  const meetingId = newId<MeetingId>(docs.random);
  const input = { meetingId, title, when };
  await within(docs, meetingRoom(docs.team, meetingId), (open) => open.run(createMeeting, input));
  await ensureMeetingRegistered(docs, meetingId);
  return meetingId;
}

/**
 * Renames a meeting in its document, then in the register.
 *
 * @throws {Refusal} `invalid-input`; `offline` when the meeting is not on this device and does not arrive
 */
export async function renameMeetingEverywhere(
  docs: TeamDocs,
  { meetingId, title }: { readonly meetingId: MeetingId; readonly title: string },
): Promise<void> {
  await changed(docs, meetingId, (open) => open.run(renameMeeting, { title }));
}

/** Sets a meeting's day and hours, in its document, then in the register. @throws {Refusal} as `renameMeetingEverywhere` */
export async function scheduleMeetingEverywhere(
  docs: TeamDocs,
  { meetingId, when }: { readonly meetingId: MeetingId; readonly when: MeetingWhen | null },
): Promise<void> {
  await changed(docs, meetingId, (open) => open.run(scheduleMeeting, { when }));
}

/** Puts a meeting in the trash, in its document, then in the register. @throws {Refusal} as `renameMeetingEverywhere` */
export async function trashMeetingEverywhere(docs: TeamDocs, meetingId: MeetingId): Promise<void> {
  await changed(docs, meetingId, (open) => open.run(trashMeeting, {}));
}

/** Takes a meeting out of the trash. @throws {Refusal} as `renameMeetingEverywhere` */
export async function restoreMeetingEverywhere(docs: TeamDocs, meetingId: MeetingId): Promise<void> {
  await changed(docs, meetingId, (open) => open.run(restoreMeeting, {}));
}

/**
 * Makes the register say what the meeting's own `meta` says: it may lack the entry (a device was cut in the middle), or two
 * documents may have settled two concurrent changes differently.
 *
 * @throws {Refusal} `offline` when the meeting is not on this device and does not arrive
 * @see SPEC.md T2
 */
export async function ensureMeetingRegistered(docs: TeamDocs, meetingId: MeetingId): Promise<void> {
  await changed(docs, meetingId, () => undefined);
}

/** Changes a meeting that is here, then makes the register follow. */
async function changed(docs: TeamDocs, meetingId: MeetingId, change: (open: TeamDoc) => void): Promise<void> {
  const meeting = await within(docs, meetingRoom(docs.team, meetingId), async (open) => {
    await arrival(meetingView(open.doc), docs);
    change(open);
    const state = meetingView(open.doc).getSnapshot();
    if (state.kind !== 'readable') throw new Refusal('not-found', { id: meetingId });
    return state.meeting;
  });
  await within(docs, boardRoom(docs.team), (board) => follow(board, meetingId, meeting));
}

function follow(board: TeamDoc, meetingId: MeetingId, { title, when, trashed }: Meeting): void {
  // The list shows when a meeting begins, not when it ends.
  const time = when && { day: when.day, startTime: when.startTime };
  board.run(registerMeeting, { meetingId, title, when: time });
  if (trashed !== null && meetingRegisterView(board.doc).getSnapshot().byId.has(meetingId)) {
    board.run(trashRegisteredMeeting, { meetingId });
  }
  if (trashed === null && trashedMeetingRegisterView(board.doc).getSnapshot().byId.has(meetingId)) {
    board.run(restoreRegisteredMeeting, { meetingId });
  }
}
