import { type Column, columnsView, type Lane, markColumn, renameColumn } from '@liasse/core';
import { ArrowLeft, ArrowRight, CircleCheck, CircleDashed, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useRun } from '../app/room.tsx';
import {
  IconButton,
  InlineEdit,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
  useFocusBack,
  useFormat,
  useStrings,
  useView,
} from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import { focusColumn } from './focusSoon.ts';
import css from './Lane.module.css';
import { useBoardActions } from './useBoardActions.ts';

/** A column's name, how many cards it holds, and what can be done with it. */
export function LaneHeader({ lane, headingId }: { readonly lane: Lane; readonly headingId: string }) {
  const t = useStrings(boardStrings);
  const format = useFormat();
  const { editable } = useBoard();
  const [renaming, setRenaming] = useState(false);
  const menu = useRef<HTMLSpanElement>(null);
  useFocusBack(renaming, () => menu.current?.querySelector('button'));
  const { column, cards } = lane;
  return (
    <header className={css.header}>
      <h2 id={headingId} className={css.title}>
        {column && renaming ? (
          <TitleInPlace column={column} onEnd={() => setRenaming(false)} />
        ) : (
          (column?.title ?? t('noColumn'))
        )}
      </h2>
      <span className={css.count} aria-hidden>
        {format.count(cards.length)}
      </span>
      <span className={css.counted}>{t('cards', { count: cards.length })}</span>
      {column && editable && (
        <span ref={menu} data-column={column.id} data-chrome>
          <ColumnMenu column={column} onRename={() => setRenaming(true)} />
        </span>
      )}
    </header>
  );
}

function TitleInPlace({ column, onEnd }: { readonly column: Column; readonly onEnd: () => void }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  return (
    <InlineEdit
      value={column.title}
      label={t('columnTitle')}
      maxLength={80}
      startEditing
      onSave={(title) => run(renameColumn, { columnId: column.id, title })}
      onEnd={onEnd}
    />
  );
}

function ColumnMenu({ column, onRename }: { readonly column: Column; readonly onRename: () => void }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const ids = useView(columnsView).items.map(({ id }) => id);
  const { moveColumnBy, trashColumn } = useBoardActions();
  const { id: columnId, title, holdsDone } = column;
  return (
    <MenuTrigger
      trigger={<IconButton icon={Ellipsis} label={t('columnActions', { title })} size="compact" tooltip={false} />}
      placement="bottom end"
    >
      <MenuItem icon={Pencil} onAction={onRename}>
        {t('renameColumn')}
      </MenuItem>
      <MenuItem icon={ArrowLeft} isDisabled={ids.at(0) === columnId} onAction={() => moveColumnBy(column, -1)}>
        {t('moveLeft')}
      </MenuItem>
      <MenuItem icon={ArrowRight} isDisabled={ids.at(-1) === columnId} onAction={() => moveColumnBy(column, 1)}>
        {t('moveRight')}
      </MenuItem>
      <MenuItem
        icon={holdsDone ? CircleDashed : CircleCheck}
        onAction={() => run(markColumn, { columnId, holdsDone: !holdsDone })}
      >
        {t(holdsDone ? 'holdsNotDone' : 'holdsDone')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={Trash2}
        danger
        onAction={() => {
          const at = ids.indexOf(columnId);
          trashColumn(column);
          focusColumn(ids[at + 1] ?? ids[at - 1]);
        }}
      >
        {t('trashColumn')}
      </MenuItem>
    </MenuTrigger>
  );
}
