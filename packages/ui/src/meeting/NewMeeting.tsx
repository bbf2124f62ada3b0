import type { Day } from '@liasse/core';
import { Plus } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
import { Button, DateField, TextField, useStrings } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';
import styles from './meetings.module.css';
import { TimeField } from './TimeField.tsx';
import { useMeetingActions } from './useMeetingActions.ts';

/** Makes a meeting where the list is, then opens it. Only the title is needed. */
export function NewMeeting({ autoFocus }: { readonly autoFocus: boolean }) {
  const t = useStrings(meetingStrings);
  const { create } = useMeetingActions();
  const [, navigate] = useLocation();
  const [title, setTitle] = useState('');
  const titleRef = useRef<HTMLInputElement>(null);
  const [day, setDay] = useState<Day | null>(null);
  const [startTime, setStartTime] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (title.trim() === '') {
      setMissing(true);
      titleRef.current?.focus();
      return;
    }
    setBusy(true);
    const id = await create(title, day && { day, startTime, endTime: null });
    setBusy(false);
    if (id !== null) navigate(paths.meeting(id));
  };
  const type = (value: string) => {
    setTitle(value);
    setMissing(false);
  };

  return (
    <form className={styles.create} onSubmit={(event) => void submit(event)} aria-label={t('newMeeting')} noValidate>
      <TextField
        className={styles.createTitle ?? ''}
        label={t('newMeeting')}
        placeholder={t('titleExample')}
        value={title}
        onChange={type}
        error={isMissing ? t('titleMissing') : null}
        maxLength={300}
        inputRef={titleRef}
        autoFocus={autoFocus}
      />
      <DateField label={t('day')} value={day} onChange={setDay} />
      <TimeField label={t('start')} value={startTime} onChange={setStartTime} isDisabled={day === null} />
      <Button type="submit" variant="primary" icon={Plus} busy={isBusy}>
        {t('create')}
      </Button>
    </form>
  );
}
