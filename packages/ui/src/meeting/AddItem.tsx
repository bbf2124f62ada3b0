import { type AgendaItemId, addItem, agendaView, newId, rankAt } from '@liasse/core';
import { Plus } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { usePlatform } from '../app/context.tsx';
import { useRun } from '../app/room.tsx';
import { announce, Button, TextField, useStrings, useView } from '../kit/index.ts';
import styles from './agenda.module.css';
import { meetingStrings } from './meeting.strings.ts';

/** Long enough for something, short enough to be changed. */
const USUAL_MINUTES = 10;

/** Adds items at the end, one after the other: Enter adds, and the field waits for the next. */
export function AddItem() {
  const t = useStrings(meetingStrings);
  const run = useRun();
  const { random } = usePlatform();
  const { items } = useView(agendaView);
  const [title, setTitle] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    input.current?.focus();
    if (title.trim() === '') return;
    const { ok } = run(addItem, {
      itemId: newId<AgendaItemId>(random),
      rank: rankAt(items, items.length, random),
      title,
      kind: 'discussion',
      minutes: items.at(-1)?.minutes ?? USUAL_MINUTES,
    });
    if (!ok) return;
    announce(t('itemAdded', { title: title.trim(), number: items.length + 1 }));
    setTitle('');
  };

  return (
    <form className={styles.add} onSubmit={submit} data-chrome>
      <TextField
        className={styles.addTitle ?? ''}
        label={t('addItem')}
        placeholder={t('itemTitle')}
        value={title}
        onChange={setTitle}
        maxLength={300}
        inputRef={input}
      />
      <Button type="submit" icon={Plus}>
        {t('addItem')}
      </Button>
      <p className={styles.addHint}>{t('addItemHint')}</p>
    </form>
  );
}
