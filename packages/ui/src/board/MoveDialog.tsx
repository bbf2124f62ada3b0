import { boardView, type Card } from '@liasse/core';
import { useState } from 'react';
import { Button, Dialog, Select, useStrings, useView } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { focusCard } from './focusSoon.ts';
import css from './MoveDialog.module.css';
import { useBoardActions } from './useBoardActions.ts';

/** *Déplacer vers…*: a column and a place in it, for those who do not drag. The focus then follows the card. */
export function MoveDialog({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const t = useStrings(boardStrings);
  const board = useView(boardView);
  const { moveCardTo } = useBoardActions();
  const lanes = board.lanes.flatMap(({ column, cards }) => (column ? [{ column, cards }] : []));
  const here = lanes.find(({ column }) => column.id === card.place.columnId) ?? lanes[0];
  const [columnId, setColumnId] = useState<string | null>(here?.column.id ?? null);
  const [chosen, setIndex] = useState<number | null>(null);
  const lane = lanes.find(({ column }) => column.id === columnId);
  const others = lane?.cards.filter(({ id }) => id !== card.id) ?? [];
  const currently = lane?.cards.indexOf(card) ?? -1;
  const index = chosen ?? (currently >= 0 ? currently : others.length);

  const label = (at: number): string => {
    if (others.length === 0) return t('positionOnly');
    if (at === 0) return t('positionFirst');
    return at === others.length ? t('positionLast', { position: at + 1 }) : String(at + 1);
  };
  const positions = Array.from({ length: others.length + 1 }, (_, at) => {
    const above = others[at - 1];
    return { id: String(at), label: label(at), ...(above && { detail: t('after', { title: above.title }) }) };
  });

  const close = () => {
    onClose();
    focusCard(card.id);
  };
  const move = () => {
    if (columnId === null) return close();
    moveCardTo(card, columnId, index);
    onClose();
    focusCard(card.id, { columnId, share: others.length === 0 ? 0 : index / others.length });
  };

  return (
    <Dialog
      title={t('moveTitle')}
      isOpen
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t('cancel')}</Button>
          <Button variant="primary" onPress={move}>
            {t('moveHere')}
          </Button>
        </>
      }
    >
      <div className={css.fields}>
        <p className={css.title}>{card.title}</p>
        <Select
          label={t('column')}
          autoFocus
          options={lanes.map(({ column }) => ({ id: column.id as string, label: column.title }))}
          value={columnId}
          onChange={(id) => {
            setColumnId(id);
            setIndex(null);
          }}
        />
        <Select
          label={t('position')}
          options={positions}
          value={String(index)}
          onChange={(id) => setIndex(Number(id))}
        />
      </div>
    </Dialog>
  );
}
