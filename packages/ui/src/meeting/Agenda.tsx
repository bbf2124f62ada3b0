import { type AgendaItemId, agendaTimes, agendaView, type MeetingWhen } from '@liasse/core';
import { TriangleAlert } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Badge, Button, useFormat, useStrings, useView } from '../kit/index.ts';
import { AddItem } from './AddItem.tsx';
import { AgendaItemRow } from './AgendaItemRow.tsx';
import styles from './agenda.module.css';
import { meetingStrings } from './meeting.strings.ts';
import { RemovedItems } from './RemovedItems.tsx';
import { useReorder } from './reorder.ts';
import { useTimeText } from './times.ts';
import { useAgendaActions } from './useAgendaActions.ts';

interface AgendaProps {
  readonly when: MeetingWhen | null;
  readonly isEditable: boolean;
}

/** The agenda: numbered items with their hours, added, moved, opened and written in place. */
export function Agenda({ when, isEditable }: AgendaProps) {
  const t = useStrings(meetingStrings);
  const { items, unreadable } = useView(agendaView);
  const times = agendaTimes(items, when);
  const helpId = useId();
  const [opened, setOpened] = useState<ReadonlySet<AgendaItemId>>(new Set());
  const list = useRef<HTMLOListElement>(null);
  const section = useRef<HTMLElement>(null);
  const { move, remove } = useAgendaActions(items, section);
  const reorder = useReorder({ list, ids: items.map(({ id }) => id), onMove: move });

  const setOpen = (id: AgendaItemId, isOpen: boolean) => {
    const next = new Set(opened);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpened(next);
  };
  const everyOne = items.length > 0 && items.every(({ id }) => opened.has(id));

  return (
    <section ref={section} className={styles.agenda} aria-labelledby={`${helpId}-title`}>
      <header className={styles.header}>
        <h2 id={`${helpId}-title`}>{t('agenda')}</h2>
        {isEditable && items.length > 1 && (
          <Button
            size="compact"
            variant="quiet"
            onPress={() => setOpened(new Set(everyOne ? [] : items.map(({ id }) => id)))}
          >
            {everyOne ? t('closeAll') : t('openAll')}
          </Button>
        )}
      </header>
      <p id={helpId} hidden>
        {t('gripHelp')}
      </p>
      {items.length === 0 && <p className={styles.empty}>{isEditable ? t('noItem') : t('noItemReader')}</p>}
      {items.length > 0 && (
        <ol ref={list} className={styles.list}>
          {items.map((item, index) => (
            <AgendaItemRow
              key={item.id}
              item={item}
              index={index}
              count={items.length}
              time={times.byId.get(item.id)}
              isOpen={opened.has(item.id)}
              isEditable={isEditable}
              onOpen={(isOpen) => setOpen(item.id, isOpen)}
              onMove={(to) => move(item.id, to)}
              onRemove={() => remove(item.id)}
              grip={{ ...reorder.gripProps(item.id, index), 'aria-describedby': helpId }}
              drag={reorder.dragOf(item.id, index)}
            />
          ))}
        </ol>
      )}
      {isEditable && <AddItem />}
      {items.length > 0 && <Total count={items.length} times={times} />}
      {unreadable > 0 && <p className={styles.unreadable}>{t('unreadableItems', { count: unreadable })}</p>}
      {isEditable && <RemovedItems />}
    </section>
  );
}

function Total({ count, times }: { readonly count: number; readonly times: ReturnType<typeof agendaTimes> }) {
  const t = useStrings(meetingStrings);
  const format = useFormat();
  const timeText = useTimeText();
  const { totalMinutes, endTime, lateMinutes } = times;
  const words = [
    t('itemCount', { count }),
    format.duration(totalMinutes),
    ...(endTime === null ? [] : [t('endsAt', { time: timeText(endTime) })]),
  ];
  return (
    <div className={styles.total}>
      <p>{words.join(' · ')}</p>
      {lateMinutes > 0 && (
        <Badge icon={TriangleAlert} tone="warn">
          {t('agendaLate', { duration: format.duration(lateMinutes) })}
        </Badge>
      )}
    </div>
  );
}
