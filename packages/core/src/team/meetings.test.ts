import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { AccountId, type MeetingId, type TeamId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { createMeeting, MeetingWhen, meetingView } from '../meeting/index.ts';
import { boardRoom, meetingRoom, type RoomName, roomParts } from '../protocol/rooms.ts';
import { meetingRegisterView, trashedMeetingRegisterView, updateRegisteredMeeting } from '../register/index.ts';
import { seededRandomness, testId } from '../testing/index.ts';
import type { TeamDocs } from './docs.ts';
import {
  ensureMeetingRegistered,
  newMeeting,
  renameMeetingEverywhere,
  restoreMeetingEverywhere,
  scheduleMeetingEverywhere,
  trashMeetingEverywhere,
} from './meetings.ts';

const team = testId<TeamId>(1);
const author = { by: AccountId.parse('account-1'), at: 5 };
const when = MeetingWhen.parse({ day: '2026-11-23', startTime: '14:00', endTime: '16:00' });

/** A device whose documents are in memory; `log` tells what was opened, made durable and closed, in order. */
function device(options: { refuse?: (room: RoomName) => boolean; patience?: () => Promise<void> } = {}) {
  const documents = new Map<RoomName, Y.Doc>();
  const log: string[] = [];
  const docOf = (room: RoomName) => {
    const doc = documents.get(room) ?? new Y.Doc();
    documents.set(room, doc);
    return doc;
  };
  const docs: TeamDocs = {
    team,
    random: seededRandomness(3),
    patience: options.patience ?? (() => Promise.resolve()),
    open: (room) => {
      const { kind } = roomParts(room);
      log.push(`open ${kind}`);
      return {
        doc: docOf(room),
        loaded: Promise.resolve(),
        run: (operation, input) => {
          if (options.refuse?.(room)) throw new Refusal('no-space');
          log.push(operation.code);
          return operation(docOf(room), input, author);
        },
        saved: async () => void log.push(`saved ${kind}`),
        close: () => log.push(`close ${kind}`),
      };
    },
  };
  const board = docOf(boardRoom(team));
  return {
    docs,
    log,
    board,
    meetings: () => [...documents.keys()].map(roomParts).flatMap(({ kind, id }) => (kind === 'meeting' ? [id] : [])),
    meeting: (id: MeetingId) => docOf(meetingRoom(team, id)),
    listed: () => meetingRegisterView(board).getSnapshot().items,
    trashed: () => trashedMeetingRegisterView(board).getSnapshot().items,
  };
}

const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );

describe('meetings of a team', () => {
  test('[T1][T5] the document is durable before the register names it, and both are let go of', async () => {
    const { docs, log, listed } = device();
    const id = await newMeeting(docs, { title: 'Comité budgétaire', when });
    expect(listed()).toMatchObject([
      { id, title: 'Comité budgétaire', when: { day: '2026-11-23', startTime: '14:00' } },
    ]);
    expect(log.indexOf('saved meeting')).toBeGreaterThan(log.indexOf('meeting.create'));
    expect(log.indexOf('saved meeting')).toBeLessThan(log.indexOf('register.registerMeeting'));
    const count = (start: string) => log.filter((line) => line.startsWith(start)).length;
    expect(count('open')).toBe(count('close'));
  });

  test('[T1][T2] cut between the two, the entry is rebuilt from meta, however often', async () => {
    let full = true;
    const { docs, log, listed, board, meetings } = device({ refuse: (room) => full && room === boardRoom(team) });
    expect(await refusal(newMeeting(docs, { title: 'CAP', when }))).toBe('no-space');
    expect(listed()).toEqual([]);
    expect(log.at(-1)).toBe('close board');

    full = false;
    const [id] = meetings() as [MeetingId];
    await ensureMeetingRegistered(docs, id);
    const once = Y.encodeStateAsUpdate(board);
    await ensureMeetingRegistered(docs, id);
    expect(listed()).toMatchObject([{ id, title: 'CAP' }]);
    expect(Y.encodeStateAsUpdate(board)).toEqual(once);
  });

  test('[T2] an entry that drifted from meta is brought back to it', async () => {
    const { docs, board, listed } = device();
    const meetingId = await newMeeting(docs, { title: 'CAP', when });
    updateRegisteredMeeting(board, { meetingId, title: 'Autre', when: null }, author);
    await ensureMeetingRegistered(docs, meetingId);
    expect(listed()).toMatchObject([{ title: 'CAP', when: { day: '2026-11-23' } }]);
  });

  test('[T2] renaming, scheduling, trashing and restoring are seen in both places', async () => {
    const { docs, meeting, listed, trashed } = device();
    const meetingId = await newMeeting(docs, { title: 'CAP' });
    await renameMeetingEverywhere(docs, { meetingId, title: 'CSA' });
    await scheduleMeetingEverywhere(docs, { meetingId, when });
    expect(listed()).toMatchObject([{ title: 'CSA', when: { day: '2026-11-23', startTime: '14:00' } }]);
    expect(meetingView(meeting(meetingId)).getSnapshot()).toMatchObject({ meeting: { title: 'CSA', when } });
    await trashMeetingEverywhere(docs, meetingId);
    expect([listed().length, trashed().length]).toEqual([0, 1]);
    expect(meetingView(meeting(meetingId)).getSnapshot()).toMatchObject({ meeting: { trashed: author } });
    await restoreMeetingEverywhere(docs, meetingId);
    expect([listed().length, trashed().length]).toEqual([1, 0]);
    await scheduleMeetingEverywhere(docs, { meetingId, when: null });
    expect(listed()).toMatchObject([{ when: null }]);
  });

  test('[T3] what is not here yet is waited for, then changed', async () => {
    const meetingId = testId<MeetingId>(9);
    const { docs, meeting, listed } = device({ patience: () => new Promise(() => {}) });
    const renamed = renameMeetingEverywhere(docs, { meetingId, title: 'Renommée' });
    await Promise.resolve();
    const elsewhere = new Y.Doc();
    createMeeting(elsewhere, { meetingId, title: 'D’un collègue' }, author);
    Y.applyUpdate(meeting(meetingId), Y.encodeStateAsUpdate(elsewhere));
    await renamed;
    expect(listed()).toMatchObject([{ title: 'Renommée' }]);
  });

  test('[T3][T5] what does not arrive is refused, and nothing is written', async () => {
    const meetingId = testId<MeetingId>(9);
    const { docs, meeting, log, board } = device();
    expect(await refusal(renameMeetingEverywhere(docs, { meetingId, title: 'x' }))).toBe('offline');
    expect(log).toEqual(['open meeting', 'close meeting']);
    for (const doc of [meeting(meetingId), board]) expect(Y.encodeStateAsUpdate(doc)).toHaveLength(2);
  });
});
