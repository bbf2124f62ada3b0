import { boardView } from '@liasse/core';
import { type ReactNode, useState } from 'react';
import { useRoute } from 'wouter';
import { Select, useFormat, useStrings, useView } from '../kit/index.ts';
import { AddColumn } from './AddColumn.tsx';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import { boardPaths, useCardOnScreen } from './boardPaths.ts';
import { Lane } from './Lane.tsx';
import css from './Lanes.module.css';

/** The columns side by side. */
export function Lanes() {
  const { editable } = useBoard();
  const board = useView(boardView);
  const [adding] = useRoute(boardPaths.newCard);
  const first = board.lanes.find(({ column }) => column !== null);
  return (
    <div className={css.lanes}>
      {board.lanes.map((lane) => (
        <Lane key={lane.column?.id ?? 'none'} lane={lane} adding={adding && lane === first} />
      ))}
      {editable && <AddColumn />}
    </div>
  );
}

const NO_COLUMN = 'none';

/** One column at a time, with its picker above: for small screens and the side panel. `menu`: what can be done to the whole board. */
export function OneLane({ menu }: { readonly menu?: ReactNode }) {
  const t = useStrings(boardStrings);
  const format = useFormat();
  const { editable } = useBoard();
  const board = useView(boardView);
  const [adding] = useRoute(boardPaths.newCard);
  const cardId = useCardOnScreen();
  const [chosen, choose] = useState<string | null>(null);
  const idOf = (lane: (typeof board.lanes)[number]) => lane.column?.id ?? NO_COLUMN;
  // A card opened by its address shows its own column behind it.
  const ofCard = board.lanes.find(({ cards }) => cards.some(({ id }) => id === cardId));
  const lane = board.lanes.find((one) => idOf(one) === chosen) ?? ofCard ?? board.lanes[0];
  if (!lane) return null;
  return (
    <div className={css.one}>
      <div className={css.picker}>
        <Select
          label={t('column')}
          hideLabel
          className={css.choice ?? ''}
          options={board.lanes.map((one) => ({
            id: idOf(one) as string,
            label: `${one.column?.title ?? t('noColumn')} (${format.count(one.cards.length)})`,
          }))}
          value={idOf(lane)}
          onChange={choose}
        />
        {editable && <AddColumn compact />}
        {menu}
      </div>
      <Lane key={idOf(lane)} lane={lane} alone adding={adding} />
    </div>
  );
}
