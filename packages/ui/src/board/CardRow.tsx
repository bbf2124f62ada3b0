import { type Card, renameCard } from '@liasse/core';
import { GripVertical } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { Button, GridListItem } from 'react-aria-components';
import { useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
import { useRun } from '../app/room.tsx';
import { cx, Icon, InlineEdit, useFocusBack, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import { useCardOnScreen } from './boardPaths.ts';
import { CardFacts, useIsRed } from './CardFace.tsx';
import { CardMenu } from './CardMenu.tsx';
import css from './CardRow.module.css';
import { useRenaming } from './renaming.ts';

/** A card as a row of its lane: Enter opens it, its handle drags it, its menu does the rest. */
export function CardRow({ card }: { readonly card: Card }) {
  const [, navigate] = useLocation();
  return (
    <GridListItem
      id={card.id}
      textValue={card.title}
      onAction={() => navigate(paths.card(card.id))}
      className={css.row ?? ''}
    >
      <CardBody card={card} />
    </GridListItem>
  );
}

function CardBody({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const { editable } = useBoard();
  const { renaming } = useRenaming();
  const red = useIsRed(card);
  const open = useCardOnScreen() === card.id;
  const body = useRef<HTMLDivElement>(null);
  useFocusBack(renaming === card.id, () => body.current?.closest<HTMLElement>('[role=row]'));
  return (
    <div ref={body} className={cx(css.card, red && css.red, open && css.open)}>
      <div className={css.top}>
        {renaming === card.id ? <TitleInPlace card={card} /> : <p className={css.title}>{card.title}</p>}
        {editable && (
          <span className={css.menu} data-chrome>
            <CardMenu card={card} />
          </span>
        )}
      </div>
      <CardFacts card={card} />
      {editable && (
        <Button slot="drag" className={css.handle ?? ''} aria-label={t('dragCard', { title: card.title })}>
          <Icon icon={GripVertical} />
        </Button>
      )}
    </div>
  );
}

// Keys of the text stay out of the list around it, where arrows go from card to card.
const ownKeys = { onKeyDown: (event: KeyboardEvent) => event.stopPropagation() };

function TitleInPlace({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { rename } = useRenaming();
  return (
    <div className={css.title} {...ownKeys}>
      <InlineEdit
        value={card.title}
        label={t('cardTitle')}
        startEditing
        onSave={(title) => run(renameCard, { cardId: card.id, title })}
        onEnd={() => rename(null)}
      />
    </div>
  );
}
