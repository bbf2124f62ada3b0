import { type Card, finishCard, isDone, reopenCard } from '@liasse/core';
import { ArrowRightLeft, CircleCheck, CircleDashed, Ellipsis, PanelRight, Pencil, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
import { useRun } from '../app/room.tsx';
import { IconButton, MenuItem, MenuSeparator, MenuTrigger, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import { useMoving } from './moving.ts';
import { useRenaming } from './renaming.ts';
import { useTrashCard } from './useTrashCard.ts';

/** What can be done with a card, without dragging it. */
export function CardMenu({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const [, navigate] = useLocation();
  const { columns } = useBoard();
  const { rename } = useRenaming();
  const { startMove } = useMoving();
  const trash = useTrashCard();
  const column = columns.get(card.place.columnId) ?? null;
  const cardId = card.id;
  return (
    <MenuTrigger
      trigger={
        <IconButton icon={Ellipsis} label={t('cardActions', { title: card.title })} size="compact" tooltip={false} />
      }
      placement="bottom end"
    >
      <MenuItem icon={PanelRight} onAction={() => navigate(paths.card(cardId))}>
        {t('open')}
      </MenuItem>
      <MenuItem icon={Pencil} shortcut="F2" onAction={() => rename(cardId)}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={ArrowRightLeft} onAction={() => startMove(cardId)}>
        {t('move')}
      </MenuItem>
      {card.done === null && !isDone(card, column) && (
        <MenuItem icon={CircleCheck} onAction={() => run(finishCard, { cardId })}>
          {t('finish')}
        </MenuItem>
      )}
      {card.done !== null && (
        <MenuItem icon={CircleDashed} onAction={() => run(reopenCard, { cardId })}>
          {t('reopen')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={Trash2} danger shortcut="Delete" onAction={() => trash(card)}>
        {t('trash')}
      </MenuItem>
    </MenuTrigger>
  );
}
