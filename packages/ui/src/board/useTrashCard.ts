import type { Card } from '@liasse/core';
import { useBoardNow } from './boardContext.tsx';
import { focusCard } from './focusSoon.ts';
import { useBoardActions } from './useBoardActions.ts';

/** Puts a card in the trash; the focus goes to the one below it, else above. */
export function useTrashCard(): (card: Card) => void {
  const boardNow = useBoardNow();
  const { trashCard } = useBoardActions();
  return (card) => {
    const lane = boardNow().lanes.find(({ cards }) => cards.includes(card));
    const at = lane?.cards.indexOf(card) ?? -1;
    const next = lane?.cards[at + 1] ?? lane?.cards[at - 1];
    trashCard(card.id);
    if (next) focusCard(next.id);
  };
}
