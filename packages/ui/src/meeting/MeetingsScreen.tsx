import { dayAt, type MeetingEntry, meetingRegisterView } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import { useSearch } from 'wouter';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { Room } from '../app/room.tsx';
import { EmptyState, Screen, Skeleton, useStrings, useView } from '../kit/index.ts';
import { MeetingRow } from './MeetingRow.tsx';
import { meetingStrings } from './meeting.strings.ts';
import styles from './meetings.module.css';
import { NewMeeting } from './NewMeeting.tsx';

/** The team's meetings: those to come in order, then those past, the latest first. */
export default function MeetingsScreen() {
  const { team } = useWorkspace();
  const t = useStrings(meetingStrings);
  usePage(t('meetings'));
  return (
    <Screen title={t('meetings')}>
      <Room name={boardRoom(team.id)} fallback={<Skeleton count={6} />}>
        <Meetings />
      </Room>
    </Screen>
  );
}

function Meetings() {
  const t = useStrings(meetingStrings);
  const { items, unreadable } = useView(meetingRegisterView);
  const today = dayAt(usePlatform().clock.now());
  const canEdit = useWorkspace().team.role !== 'reader';
  const asked = new URLSearchParams(useSearch()).has('nouvelle');
  // Today's stay among those to come until the day is over: one opens them during the meeting.
  const isPast = ({ when }: MeetingEntry) => when !== null && when.day < today;
  const past = items.filter(isPast).reverse();
  const upcoming = items.filter((meeting) => !isPast(meeting));
  return (
    <div className={styles.meetings}>
      {canEdit && <NewMeeting key={String(asked)} autoFocus={asked} />}
      {items.length === 0 && <EmptyState>{canEdit ? t('noMeeting') : t('noMeetingReader')}</EmptyState>}
      {items.length > 0 && (
        <section aria-labelledby="upcoming">
          <h2 id="upcoming" className={styles.heading}>
            {t('upcoming')}
          </h2>
          {upcoming.length === 0 ? (
            <p className={styles.nothing}>{t('nothingUpcoming')}</p>
          ) : (
            <MeetingList meetings={upcoming} />
          )}
        </section>
      )}
      {past.length > 0 && (
        <section aria-labelledby="past">
          <h2 id="past" className={styles.heading}>
            {t('past')}
          </h2>
          <MeetingList meetings={past} />
        </section>
      )}
      {unreadable > 0 && <p className={styles.unreadable}>{t('unreadableMeetings', { count: unreadable })}</p>}
    </div>
  );
}

function MeetingList({ meetings }: { readonly meetings: readonly MeetingEntry[] }) {
  return (
    <ul className={styles.list}>
      {meetings.map((meeting) => (
        <MeetingRow key={meeting.id} meeting={meeting} />
      ))}
    </ul>
  );
}
