import {
  ensureMeetingRegistered,
  type MeetingId,
  type MeetingWhen,
  newMeeting,
  Refusal,
  renameMeetingEverywhere,
  restoreMeetingEverywhere,
  trashMeetingEverywhere,
} from '@liasse/core';
import { useMemo } from 'react';
import { useTeamDocs } from '../app/teamDocs.ts';
import { useRefusalText, useStrings, useToast } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';

/** What is done to a whole meeting, in its document and in the team's list at once. Refusals are said in words. */
export interface MeetingActions {
  /** The new meeting's id, or null when it was refused. */
  readonly create: (title: string, when: MeetingWhen | null) => Promise<MeetingId | null>;
  readonly rename: (meetingId: MeetingId, title: string) => Promise<void>;
  readonly trash: (meetingId: MeetingId) => Promise<void>;
  readonly restore: (meetingId: MeetingId) => Promise<void>;
  /** Makes the team's list follow what was just changed in the meeting's own document. */
  readonly follow: (meetingId: MeetingId) => Promise<void>;
}

export function useMeetingActions(): MeetingActions {
  const docs = useTeamDocs();
  const toast = useToast();
  const refusalText = useRefusalText();
  const t = useStrings(meetingStrings);
  return useMemo(() => {
    const said = async <T>(act: () => Promise<T>): Promise<T | null> => {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        toast.show({ message: refusalText(error.code) });
        return null;
      }
    };
    const restore = async (meetingId: MeetingId) => {
      await said(async () => {
        await restoreMeetingEverywhere(docs, meetingId);
        toast.show({ message: t('meetingRestored') });
      });
    };
    return {
      create: (title, when) => said(() => newMeeting(docs, { title, when })),
      rename: async (meetingId, title) => {
        await said(() => renameMeetingEverywhere(docs, { meetingId, title }));
      },
      trash: async (meetingId) => {
        await said(async () => {
          await trashMeetingEverywhere(docs, meetingId);
          toast.show({ message: t('meetingTrashed'), undo: () => void restore(meetingId) });
        });
      },
      restore,
      follow: async (meetingId) => {
        await said(() => ensureMeetingRegistered(docs, meetingId));
      },
    };
  }, [docs, toast, refusalText, t]);
}
