import {
  type Doc,
  type Meeting,
  MeetingId,
  makeUndo,
  meetingUndoable,
  meetingView,
  renameMeeting,
  restoreMeeting,
  type Undo,
} from '@liasse/core';
import { meetingRoom } from '@liasse/core/protocol';
import { useCallback } from 'react';
import { useParams } from 'wouter';
import { useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import { Room, useEditable } from '../app/room.tsx';
import { Button, ErrorNote, InlineEdit, RefusalNote, Screen, Skeleton, useStrings, useView } from '../kit/index.ts';
import { Agenda } from './Agenda.tsx';
import { MeetingMenu } from './MeetingMenu.tsx';
import styles from './meeting.module.css';
import { meetingStrings } from './meeting.strings.ts';
import { useMeetingActions } from './useMeetingActions.ts';
import { useMeetingRun } from './useMeetingRun.ts';
import { WhenAndWhere } from './WhenAndWhere.tsx';

/** One meeting: when and where, and its agenda, which several people write at once. */
export default function MeetingScreen() {
  const id = MeetingId.safeParse(useParams().meetingId);
  const t = useStrings(meetingStrings);
  if (id.success) return <OneMeeting key={id.data} meetingId={id.data} />;
  return (
    <Screen title={t('meetings')}>
      <RefusalNote code="not-found" />
    </Screen>
  );
}

function OneMeeting({ meetingId }: { readonly meetingId: MeetingId }) {
  const { team } = useWorkspace();
  const { follow } = useMeetingActions();
  const undoable = useCallback(
    (doc: Doc) => followed(makeUndo(doc, meetingUndoable(doc)), () => void follow(meetingId)),
    [follow, meetingId],
  );
  return (
    <Room name={meetingRoom(team.id, meetingId)} undoable={undoable} fallback={<Waiting />}>
      <Opened meetingId={meetingId} />
    </Room>
  );
}

/** Taking back a change of title or time changes the team's list too. */
function followed(undo: Undo, follow: () => void): Undo {
  const step =
    (by: 'undo' | 'redo'): Undo['undo'] =>
    (author) => {
      const done = undo[by](author);
      if (done) follow();
      return done;
    };
  return { ...undo, undo: step('undo'), redo: step('redo') };
}

function Waiting() {
  const t = useStrings(meetingStrings);
  return (
    <Screen title={t('meetings')}>
      <Skeleton count={5} height={64} />
    </Screen>
  );
}

function Opened({ meetingId }: { readonly meetingId: MeetingId }) {
  const state = useView(meetingView);
  const t = useStrings(meetingStrings);
  if (state.kind === 'readable') return <Shown meetingId={meetingId} meeting={state.meeting} />;
  return (
    <Screen title={t('meetings')}>
      {state.kind === 'absent' ? (
        <ErrorNote role="status" happened={t('absent')} todo={t('absentTodo')} />
      ) : (
        <ErrorNote
          role="status"
          happened={t('unreadable')}
          safe={t('unreadableSafe')}
          todo={t('unreadableTodo')}
          code={meetingId}
        />
      )}
    </Screen>
  );
}

function Shown({ meetingId, meeting }: { readonly meetingId: MeetingId; readonly meeting: Meeting }) {
  const t = useStrings(meetingStrings);
  const run = useMeetingRun(meetingId);
  const isEditable = useEditable();
  const { title } = meeting;
  usePage(title, [{ label: t('meetings'), to: paths.meetings }]);
  return (
    <Screen
      title={title}
      titleEdit={
        <InlineEdit
          value={title}
          label={t('meetingTitle')}
          isReadOnly={!isEditable}
          onSave={(text) => void run(renameMeeting, { title: text })}
        />
      }
      actions={isEditable && meeting.trashed === null && <MeetingMenu meetingId={meetingId} title={title} />}
    >
      <div className={styles.meeting}>
        {meeting.trashed !== null && (
          <p className={styles.trashed}>
            {t('inTrash')}
            {isEditable && (
              <Button size="compact" onPress={() => void run(restoreMeeting, {})}>
                {t('restore')}
              </Button>
            )}
          </p>
        )}
        <WhenAndWhere meeting={meeting} run={run} isEditable={isEditable} />
        <Agenda when={meeting.when} isEditable={isEditable} />
      </div>
    </Screen>
  );
}
