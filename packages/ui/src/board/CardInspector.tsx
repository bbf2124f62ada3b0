import { type CardId, cardsView, restoreCard, trashedCardsView } from '@liasse/core';
import { Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import { useRun } from '../app/room.tsx';
import { Button, EmptyState, IconButton, Inspector, useOpenDoc, useStrings, useView } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import { CardFields } from './CardFields.tsx';
import { useBoardActions } from './useBoardActions.ts';

interface CardInspectorProps {
  readonly cardId: CardId;
  readonly onClose: () => void;
}

/** A card beside its board. Others see who looks at it. */
export function CardInspector({ cardId, onClose }: CardInspectorProps) {
  const t = useStrings(boardStrings);
  const open = useOpenDoc();
  const { editable } = useBoard();
  const { trashCard } = useBoardActions();
  const card = useView(cardsView).byId.get(cardId);
  usePage(card?.title ?? t('card'), [{ label: t('planning'), to: paths.board }]);

  useEffect(() => {
    open.setPlace(cardId);
    return () => open.setPlace(null);
  }, [open, cardId]);

  return (
    <Inspector
      title={t('card')}
      onClose={onClose}
      actions={
        card &&
        editable && (
          <IconButton
            icon={Trash2}
            label={t('trash')}
            onPress={() => {
              trashCard(cardId);
              onClose();
            }}
          />
        )
      }
    >
      {card ? <CardFields card={card} /> : <NotHere cardId={cardId} onClose={onClose} />}
    </Inspector>
  );
}

/** The address names a card that the board does not show: it is in the trash, or has not reached this device. */
function NotHere({ cardId, onClose }: CardInspectorProps) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { editable } = useBoard();
  const trashed = useView(trashedCardsView).byId.has(cardId);
  if (trashed) {
    return (
      <EmptyState action={editable && <Button onPress={() => run(restoreCard, { cardId })}>{t('restore')}</Button>}>
        {t('cardInTrash')}
      </EmptyState>
    );
  }
  return (
    <EmptyState action={<Button onPress={onClose}>{t('backToBoard')}</Button>}>
      {t('cardUnknown')} {t('cardUnknownHint')}
    </EmptyState>
  );
}
