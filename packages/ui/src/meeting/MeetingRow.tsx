import type { MeetingEntry } from '@liasse/core';
import { dayAt } from '@liasse/core';
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { cx, IconButton, InlineEdit, ListRow, MenuItem, MenuTrigger, useFormat, useStrings } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';
import styles from './meetings.module.css';
import { useTimeText } from './times.ts';
import { useMeetingActions } from './useMeetingActions.ts';

interface MeetingRowProps {
  readonly meeting: MeetingEntry;
  /** In a list of today's meetings, where the day goes without saying. */
  readonly today?: boolean;
}

/** A meeting in the list: when, its title that leads to it, and what can be done to it. */
export function MeetingRow({ meeting, today = false }: MeetingRowProps) {
  const t = useStrings(meetingStrings);
  const { rename, trash } = useMeetingActions();
  const canEdit = useWorkspace().team.role !== 'reader';
  const [isRenaming, setRenaming] = useState(false);
  const { id, title } = meeting;
  const when = today ? <Time meeting={meeting} /> : <When meeting={meeting} />;

  const actions = canEdit && (
    <MenuTrigger
      placement="bottom end"
      trigger={<IconButton icon={Ellipsis} label={t('actionsOf', { title })} size="compact" tooltip={false} />}
    >
      <MenuItem icon={PencilLine} onAction={() => setRenaming(true)}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={Trash2} onAction={() => void trash(id)}>
        {t('toTrash')}
      </MenuItem>
    </MenuTrigger>
  );
  if (!isRenaming) {
    return <ListRow href={paths.meeting(id)} title={title} leading={when} actions={actions} />;
  }
  const edit = (
    <InlineEdit
      value={title}
      label={t('meetingTitle')}
      startEditing
      onSave={(text) => void rename(id, text)}
      onEnd={() => setRenaming(false)}
    />
  );
  return <ListRow title={edit} leading={when} actions={actions} />;
}

function When({ meeting: { when } }: { readonly meeting: MeetingEntry }) {
  const t = useStrings(meetingStrings);
  const format = useFormat();
  const timeText = useTimeText();
  const today = dayAt(usePlatform().clock.now());
  if (when === null) return <span className={cx(styles.when, styles.noDay)}>{t('noDay')}</span>;
  const { day, startTime } = when;
  return (
    <time className={styles.when} dateTime={startTime === null ? day : `${day}T${startTime}`}>
      <span className={styles.day}>{format.day(day, today)}</span>
      {startTime !== null && <span>{timeText(startTime)}</span>}
    </time>
  );
}

function Time({ meeting: { when } }: { readonly meeting: MeetingEntry }) {
  const t = useStrings(meetingStrings);
  const timeText = useTimeText();
  const startTime = when?.startTime ?? null;
  if (startTime === null) return <span className={cx(styles.time, styles.noDay)}>{t('noTime')}</span>;
  return (
    <time className={styles.time} dateTime={startTime}>
      {timeText(startTime)}
    </time>
  );
}
