import { forgetRegisteredMeeting, trashedMeetingRegisterView } from '@liasse/core';
import { meetingRoom } from '@liasse/core/protocol';
import { useId } from 'react';
import { useWorkspace } from '../app/context.tsx';
import { EraseForGood } from '../app/EraseForGood.tsx';
import { useRun } from '../app/room.tsx';
import { Button, ListRow, useFormat, useStrings, useView } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';
import styles from './meetings.module.css';
import { useMeetingActions } from './useMeetingActions.ts';

/** The trash: the team's meetings in it. Nothing when there is none. */
export default function TrashSection() {
  const t = useStrings(meetingStrings);
  const id = useId();
  const format = useFormat();
  const { restore } = useMeetingActions();
  const run = useRun();
  const { team } = useWorkspace();
  const canEdit = team.role !== 'reader';
  const { items } = useView(trashedMeetingRegisterView);
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {t('trash')}
      </h2>
      <ul className={styles.list}>
        {items.map(({ id: meetingId, title, trashed }) => (
          <ListRow
            key={meetingId}
            title={title}
            meta={trashed && t('trashedOn', { when: format.dayTime(trashed.at) })}
            actions={
              canEdit && (
                <>
                  <EraseForGood
                    room={meetingRoom(team.id, meetingId)}
                    title={title}
                    trashedAt={trashed?.at ?? 0}
                    onErased={() => run(forgetRegisteredMeeting, { meetingId })}
                  />
                  <Button
                    size="compact"
                    aria-label={t('restoreNamed', { title })}
                    onPress={() => void restore(meetingId)}
                  >
                    {t('restore')}
                  </Button>
                </>
              )
            }
          />
        ))}
      </ul>
    </section>
  );
}
