import { Plus } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Button, IconButton, TextField, useFocusBack, useStrings } from '../kit/index.ts';
import css from './AddColumn.module.css';
import { boardStrings } from './board.strings.ts';
import { useBoardActions } from './useBoardActions.ts';

/** A new column, named where it will stand. `compact`: an icon beside the picker of columns. */
export function AddColumn({ compact = false }: { readonly compact?: boolean }) {
  const t = useStrings(boardStrings);
  const { addColumn } = useBoardActions();
  const [title, setTitle] = useState<string | null>(null);
  const closed = useRef<HTMLSpanElement>(null);
  useFocusBack(title !== null, () => closed.current?.querySelector('button'));

  const end = () => {
    const text = title?.trim();
    if (text) addColumn(text);
    setTitle(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    // The button that takes the focus back must not hear this key as its own.
    event.preventDefault();
    if (event.key === 'Enter') end();
    else setTitle(null);
  };

  if (title === null) {
    return (
      <span ref={closed} data-add-column data-chrome className={css.open}>
        {compact ? (
          <IconButton icon={Plus} label={t('addColumn')} onPress={() => setTitle('')} />
        ) : (
          <Button variant="quiet" icon={Plus} onPress={() => setTitle('')} className={css.button ?? ''}>
            {t('addColumn')}
          </Button>
        )}
      </span>
    );
  }
  return (
    <TextField
      label={t('columnTitle')}
      value={title}
      onChange={setTitle}
      onKeyDown={onKeyDown}
      onBlur={end}
      maxLength={80}
      autoFocus
      className={compact ? (css.compact ?? '') : (css.field ?? '')}
    />
  );
}
