import type { MeetingId } from '@liasse/core';
import { useCallback } from 'react';
import { type Run, useRun } from '../app/room.tsx';
import { useMeetingActions } from './useMeetingActions.ts';

/** Runs an operation on the meeting itself, and makes the team's list follow. */
export function useMeetingRun(meetingId: MeetingId): Run {
  const run = useRun();
  const { follow } = useMeetingActions();
  return useCallback(
    (operation, input, said) => {
      const outcome = run(operation, input, said);
      if (outcome.ok) void follow(meetingId);
      return outcome;
    },
    [run, follow, meetingId],
  );
}
