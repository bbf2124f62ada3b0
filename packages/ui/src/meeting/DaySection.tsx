import { dayAt, meetingRegisterView } from '@liasse/core';
import { useId } from 'react';
import { usePlatform } from '../app/context.tsx';
import { useStrings, useView } from '../kit/index.ts';
import { MeetingRow } from './MeetingRow.tsx';
import { meetingStrings } from './meeting.strings.ts';
import styles from './meetings.module.css';

/** Ma journée: the team's meetings of today, in order. Nothing when there is none. */
export default function DaySection() {
  const t = useStrings(meetingStrings);
  const id = useId();
  const today = dayAt(usePlatform().clock.now());
  const meetings = useView(meetingRegisterView).items.filter(({ when }) => when?.day === today);
  if (meetings.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {t('today')}
      </h2>
      <ul className={styles.list}>
        {meetings.map((meeting) => (
          <MeetingRow key={meeting.id} meeting={meeting} today />
        ))}
      </ul>
    </section>
  );
}
