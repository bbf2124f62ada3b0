import type { Lane } from '@liasse/core';
import type { KeyboardEvent } from 'react';
import { useBoard } from './boardContext.tsx';
import { useTrashCard } from './useTrashCard.ts';

/** Keys on a card of a lane: F2 renames it where it stands, Delete puts it in the trash. */
export function useCardKeys(
  lane: Lane,
  { rename }: { readonly rename: (cardId: string) => void },
): (event: KeyboardEvent<HTMLElement>) => void {
  const { editable } = useBoard();
  const trash = useTrashCard();
  return (event) => {
    const row = event.target;
    if (!editable || event.defaultPrevented || !(row instanceof HTMLElement) || row.getAttribute('role') !== 'row')
      return;
    const card = lane.cards.find(({ id }) => id === row.dataset.key);
    if (!card) return;
    if (event.key === 'F2') rename(card.id);
    else if (event.key === 'Delete') trash(card);
  };
}
