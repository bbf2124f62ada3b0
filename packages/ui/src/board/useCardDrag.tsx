import type { Card, Lane } from '@liasse/core';
import {
  type DragAndDropHooks,
  DropIndicator,
  type DropTarget,
  isTextDropItem,
  useDragAndDrop,
} from 'react-aria-components';
import { useBoardNow } from './boardContext.tsx';
import css from './Lane.module.css';
import { useBoardActions } from './useBoardActions.ts';

/** What a dragged card carries, so that columns accept cards and nothing else. */
const CARD = 'application/x-liasse-card';

/**
 * Drag and drop of cards in one lane and between lanes: by mouse, by touch, and by keyboard from a card's handle, each
 * target read out. In the lane without a column cards can be taken, not dropped.
 */
export function useCardDrag(lane: Lane, { isDisabled }: { readonly isDisabled: boolean }): DragAndDropHooks<Card> {
  const boardNow = useBoardNow();
  const { moveCardTo } = useBoardActions();
  const { column } = lane;

  const drop = (cardId: unknown, index: (others: readonly Card[]) => number) => {
    const card = boardNow().cards.get(String(cardId));
    if (card && column) moveCardTo(card, column.id, index(lane.cards.filter(({ id }) => id !== card.id)));
  };

  /** The index that a target between two cards means, in the lane without the card that moves. */
  const beside = (target: DropTarget) => (others: readonly Card[]) => {
    if (target.type !== 'item') return others.length;
    const at = others.findIndex(({ id }) => id === target.key);
    if (at < 0) return others.length;
    return target.dropPosition === 'after' ? at + 1 : at;
  };

  const { dragAndDropHooks } = useDragAndDrop<Card>({
    isDisabled,
    getItems: (keys) =>
      [...keys].flatMap((key) => {
        const card = boardNow().cards.get(String(key));
        return card ? { [CARD]: card.id, 'text/plain': card.title } : [];
      }),
    acceptedDragTypes: column ? [CARD] : [],
    getDropOperation: () => (column ? 'move' : 'cancel'),
    onReorder: ({ keys, target }) => {
      const [cardId] = keys;
      // A card dropped beside itself stays where it is.
      if (cardId !== target.key) drop(cardId, beside(target));
    },
    onInsert: ({ items, target }) => {
      const [item] = items;
      if (item && isTextDropItem(item)) void item.getText(CARD).then((cardId) => drop(cardId, beside(target)));
    },
    onRootDrop: ({ items }) => {
      const [item] = items;
      if (item && isTextDropItem(item))
        void item.getText(CARD).then((cardId) => drop(cardId, (others) => others.length));
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={css.dropLine ?? ''} />,
  });
  return dragAndDropHooks;
}
