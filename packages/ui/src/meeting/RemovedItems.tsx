import { restoreItem, trashedAgendaView } from '@liasse/core';
import { useRun } from '../app/room.tsx';
import { Button, useStrings, useView } from '../kit/index.ts';
import styles from './agenda.module.css';
import { meetingStrings } from './meeting.strings.ts';

/** The items taken off this agenda, with their texts: each goes back to where it stood. */
export function RemovedItems() {
  const t = useStrings(meetingStrings);
  const run = useRun();
  const { items } = useView(trashedAgendaView);
  if (items.length === 0) return null;
  return (
    <details className={styles.removed} data-chrome>
      <summary>{t('removedItems', { count: items.length })}</summary>
      <ul>
        {items.map(({ id, title }) => (
          <li key={id} className={styles.removedItem}>
            <span>{title}</span>
            <Button
              size="compact"
              aria-label={t('restoreNamed', { title })}
              onPress={() => void run(restoreItem, { itemId: id })}
            >
              {t('restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
