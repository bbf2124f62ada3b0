import { type Day, type Meeting, type MeetingWhen, scheduleMeeting, setMeetingPlace } from '@liasse/core';
import { useState } from 'react';
import type { Run } from '../app/room.tsx';
import { DateField, TextField, useFormat, useStrings } from '../kit/index.ts';
import styles from './meeting.module.css';
import { meetingStrings } from './meeting.strings.ts';
import { TimeField } from './TimeField.tsx';
import { useTimeText } from './times.ts';

interface WhenAndWhereProps {
  readonly meeting: Meeting;
  readonly run: Run;
  readonly isEditable: boolean;
}

/** The day, hours and place: fields for those who may edit, one sentence on paper and for readers. */
export function WhenAndWhere({ meeting, run, isEditable }: WhenAndWhereProps) {
  return (
    <>
      {isEditable && <Fields meeting={meeting} run={run} />}
      <Sentence meeting={meeting} onPaperOnly={isEditable} />
    </>
  );
}

function Fields({ meeting, run }: Omit<WhenAndWhereProps, 'isEditable'>) {
  const t = useStrings(meetingStrings);
  const { when } = meeting;
  const set = (change: Partial<MeetingWhen>) => {
    if (when !== null) run(scheduleMeeting, { when: { ...when, ...change } });
  };
  const setDay = (day: Day | null) =>
    run(scheduleMeeting, { when: day && { startTime: null, endTime: null, ...when, day } });
  const noDay = when === null;
  return (
    <div className={styles.fields} data-chrome>
      <DateField label={t('day')} value={when?.day ?? null} onChange={(day) => void setDay(day)} />
      <TimeField
        label={t('start')}
        value={when?.startTime ?? null}
        onChange={(startTime) => set({ startTime })}
        isDisabled={noDay}
      />
      <TimeField
        label={t('end')}
        value={when?.endTime ?? null}
        onChange={(endTime) => set({ endTime })}
        isDisabled={noDay}
      />
      <PlaceField place={meeting.place} onSave={(place) => void run(setMeetingPlace, { place })} />
    </div>
  );
}

interface PlaceFieldProps {
  readonly place: string;
  readonly onSave: (place: string) => void;
}

function PlaceField({ place, onSave }: PlaceFieldProps) {
  const t = useStrings(meetingStrings);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== place) onSave(draft);
    setDraft(null);
  };
  return (
    <TextField
      className={styles.place ?? ''}
      label={t('place')}
      placeholder={t('placeExample')}
      maxLength={300}
      value={draft ?? place}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

function Sentence({ meeting, onPaperOnly }: { readonly meeting: Meeting; readonly onPaperOnly: boolean }) {
  const format = useFormat();
  const timeText = useTimeText();
  const { when, place } = meeting;
  const hours = [when?.startTime, when?.endTime].flatMap((time) => (time == null ? [] : [timeText(time)])).join(' – ');
  const words = [when && format.longDay(when.day), hours, place].filter(Boolean).join(', ');
  if (words === '') return null;
  return <p className={onPaperOnly ? styles.onPaper : styles.sentence}>{words}</p>;
}
