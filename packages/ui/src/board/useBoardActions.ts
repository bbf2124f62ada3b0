import {
  type Card,
  type CardId,
  type Column,
  createCard,
  createColumn,
  moveCard,
  moveColumn,
  newId,
  placeAt,
  rankAt,
  restoreCard,
  restoreColumn,
  trashCard,
  trashColumn,
} from '@liasse/core';
import { usePlatform } from '../app/context.tsx';
import { useRun } from '../app/room.tsx';
import { announce, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoardNow } from './boardContext.tsx';

/** What people do on the board, each said aloud, and reversible from its message where it removes something. */
export function useBoardActions() {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { random } = usePlatform();
  const boardNow = useBoardNow();
  const columnsNow = () => boardNow().lanes.flatMap(({ column }) => column ?? []);

  return {
    /** Adds a card at the end of a column; false when it was refused. */
    addCard: (column: Column, title: string): boolean => {
      const place = placeAt(boardNow(), { columnId: column.id, index: Number.POSITIVE_INFINITY }, random);
      if (place === null) return false;
      const outcome = run(createCard, { cardId: newId<CardId>(random), title, place });
      if (outcome.ok) announce(t('cardAdded', { title }));
      return outcome.ok;
    },

    /** @param index - among the cards of the column without this one */
    moveCardTo: (card: Card, columnId: string, index: number): void => {
      const board = boardNow();
      const place = placeAt(board, { columnId, index, moving: card.id }, random);
      const lane = board.lanes.find(({ column }) => column?.id === columnId);
      if (place === null || !lane?.column) return;
      const others = lane.cards.filter(({ id }) => id !== card.id).length;
      if (!run(moveCard, { cardId: card.id, place }).ok) return;
      const position = Math.min(index, others) + 1;
      announce(t('cardMoved', { title: card.title, column: lane.column.title, position, total: others + 1 }));
    },

    trashCard: (cardId: CardId): void => {
      run(trashCard, { cardId }, { text: t('cardTrashed'), undo: () => run(restoreCard, { cardId }) });
    },

    addColumn: (title: string): boolean => {
      const columns = columnsNow();
      const rank = rankAt(columns, columns.length, random);
      return run(createColumn, { columnId: newId(random), title, rank }).ok;
    },

    /** @param by - how many places to the right; negative for the left */
    moveColumnBy: (column: Column, by: number): void => {
      const columns = columnsNow();
      const others = columns.filter(({ id }) => id !== column.id);
      const index = columns.indexOf(column) + by;
      if (index < 0 || index > others.length) return;
      if (!run(moveColumn, { columnId: column.id, rank: rankAt(others, index, random) }).ok) return;
      announce(t('columnMoved', { title: column.title, position: index + 1, total: columns.length }));
    },

    trashColumn: (column: Column): void => {
      const { id: columnId, title } = column;
      run(
        trashColumn,
        { columnId },
        { text: t('columnTrashed', { title }), undo: () => run(restoreColumn, { columnId }) },
      );
    },
  };
}
