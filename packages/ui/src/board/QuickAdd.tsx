import type { Column } from '@liasse/core';
import { Plus } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Button, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { showInLane } from './focusSoon.ts';
import css from './QuickAdd.module.css';
import { useBoardActions } from './useBoardActions.ts';

const MAX_TITLE = 300;

// One function for all: a new one at each render would take the focus at each key.
const focusIt = (field: HTMLTextAreaElement | null) => field?.focus();

/** A new card at the end of a column. The field stays open: Enter adds and clears it, Escape closes it. */
export function QuickAdd({ column, startOpen }: { readonly column: Column; readonly startOpen: boolean }) {
  const t = useStrings(boardStrings);
  const { addCard } = useBoardActions();
  const [open, setOpen] = useState(startOpen);
  const [title, setTitle] = useState('');
  const hint = useId();
  // Closed by a key, the focus returns to the button that opened it.
  const [closed, setClosed] = useState(false);

  const close = () => {
    setOpen(false);
    setTitle('');
    setClosed(true);
  };
  const leave = () => {
    setOpen(false);
    setClosed(false);
  };
  const add = () => {
    const text = title.replace(/\s+/g, ' ').trim();
    if (text === '' || !addCard(column, text)) return;
    setTitle('');
    // Once it is drawn, at the end of the lane.
    requestAnimationFrame(() => showInLane({ columnId: column.id, share: 1 }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };

  if (!open) {
    return (
      <Button
        autoFocus={closed}
        variant="quiet"
        icon={Plus}
        aria-label={t('addCardTo', { title: column.title })}
        onPress={() => setOpen(true)}
        className={css.open ?? ''}
      >
        {t('addCard')}
      </Button>
    );
  }
  return (
    <div className={css.field}>
      <textarea
        ref={focusIt}
        rows={1}
        className={css.input}
        aria-label={t('addCardTo', { title: column.title })}
        aria-describedby={hint}
        placeholder={t('cardTitle')}
        maxLength={MAX_TITLE}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={onKeyDown}
        // What was typed is never lost by leaving: it becomes a card.
        onBlur={() => (title.trim() === '' ? leave() : add())}
      />
      <span id={hint} className={css.hint}>
        {t('addCardHint')}
      </span>
    </div>
  );
}
