import { type Day, type Meeting, type MeetingWhen, scheduleMeeting, setMeetingPlace } from '@liasse/core';
import { CalendarCog, ChevronUp } from 'lucide-react';
import { useId, useState } from 'react';
import type { Run } from '../app/room.tsx';
import { DateField, IconButton, TextField, useFormat, useMediaLayout, useStrings } from '../kit/index.ts';
import styles from './meeting.module.css';
import { meetingStrings } from './meeting.strings.ts';
import { TimeField } from './TimeField.tsx';
import { useTimeText } from './times.ts';

interface WhenAndWhereProps {
  readonly meeting: Meeting;
  readonly run: Run;
  readonly isEditable: boolean;
}

/** The day, hours and place: fields for those who may edit, one sentence on paper, for readers, and where room is short. */
export function WhenAndWhere({ meeting, run, isEditable }: WhenAndWhereProps) {
  const isNarrow = useMediaLayout() === 'narrow';
  const words = useWhenAndWhere(meeting);
  if (!isEditable) return words && <p className={styles.sentence}>{words}</p>;
  if (isNarrow) return <Folded meeting={meeting} run={run} words={words} />;
  return (
    <>
      <Fields meeting={meeting} run={run} />
      {words && <p className={styles.onPaper}>{words}</p>}
    </>
  );
}

/** On a narrow screen the fields would fill it before the agenda begins: a button shows them. */
function Folded({ meeting, run, words }: Omit<WhenAndWhereProps, 'isEditable'> & { readonly words: string }) {
  const t = useStrings(meetingStrings);
  const [isOpen, setOpen] = useState(false);
  const fields = useId();
  return (
    <div className={styles.folded}>
      <div className={styles.summary}>
        <p className={styles.sentence}>{words || t('noWhenNorWhere')}</p>
        <IconButton
          icon={isOpen ? ChevronUp : CalendarCog}
          label={t(isOpen ? 'foldWhenAndWhere' : 'editWhenAndWhere')}
          aria-expanded={isOpen}
          {...(isOpen && { 'aria-controls': fields })}
          onPress={() => setOpen(!isOpen)}
          data-chrome
        />
      </div>
      {isOpen && (
        <div id={fields}>
          <Fields meeting={meeting} run={run} />
        </div>
      )}
    </div>
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

/** *mardi 24 novembre 2026, 10 h 00 – 11 h 30, salle 214*; nothing when nothing is known. */
function useWhenAndWhere({ when, place }: Meeting): string {
  const format = useFormat();
  const timeText = useTimeText();
  const hours = [when?.startTime, when?.endTime].flatMap((time) => (time == null ? [] : [timeText(time)])).join(' – ');
  return [when && format.longDay(when.day), hours, place].filter(Boolean).join(', ');
}
