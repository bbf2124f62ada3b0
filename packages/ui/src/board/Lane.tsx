import type { Lane as BoardLane, Card } from '@liasse/core';
import { memo, useId, useState } from 'react';
import { GridList, ListLayout, Virtualizer } from 'react-aria-components';
import { cx, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import { CardRow } from './CardRow.tsx';
import css from './Lane.module.css';
import { LaneHeader } from './LaneHeader.tsx';
import { QuickAdd } from './QuickAdd.tsx';
import { RenamingContext } from './renaming.ts';
import { useCardDrag } from './useCardDrag.tsx';
import { useCardKeys } from './useCardKeys.ts';

interface LaneProps {
  readonly lane: BoardLane;
  /** Shown alone, across the screen. */
  readonly alone?: boolean;
  /** The field of a new card opens with the lane. */
  readonly adding?: boolean;
}

/** From here on only the cards in sight are drawn; below, the browser's own search finds every card. */
const LARGE = 50;

const layoutOptions = { estimatedRowSize: 76, gap: 8, padding: 4, dropIndicatorThickness: 2 };

/** A column with its cards. */
export const Lane = memo(function Lane({ lane, alone = false, adding = false }: LaneProps) {
  const t = useStrings(boardStrings);
  const { editable } = useBoard();
  const [renaming, rename] = useState<string | null>(null);
  const dragAndDropHooks = useCardDrag(lane, { isDisabled: renaming !== null });
  const onKeyDown = useCardKeys(lane, { rename });
  const heading = useId();
  const large = lane.cards.length > LARGE;

  const list = (
    <GridList<Card>
      aria-labelledby={heading}
      items={lane.cards}
      // A reader's cards are not draggable at all, rather than draggable without effect.
      key={String(editable)}
      {...(editable && { dragAndDropHooks })}
      // Arrows and letters belong to the title while it is being written.
      keyboardNavigationBehavior={renaming === null ? 'arrow' : 'tab'}
      disallowTypeAhead={renaming !== null}
      className={cx(css.cards, large && css.large)}
      renderEmptyState={() => <p className={css.none}>{t('noCards')}</p>}
    >
      {(card) => <CardRow card={card} />}
    </GridList>
  );

  return (
    <RenamingContext value={{ renaming, rename }}>
      <section
        data-lane={lane.column?.id ?? ''}
        aria-labelledby={heading}
        className={cx(css.lane, alone && css.alone)}
        onKeyDown={onKeyDown}
      >
        <LaneHeader lane={lane} headingId={heading} />
        {lane.column === null && <p className={css.hint}>{t('noColumnHint')}</p>}
        {large ? (
          <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
            {list}
          </Virtualizer>
        ) : (
          list
        )}
        {lane.column && editable && <QuickAdd column={lane.column} startOpen={adding} />}
      </section>
    </RenamingContext>
  );
});
