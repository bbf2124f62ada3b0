import { boardView, makeBoardUndo, startBoard } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import { Ellipsis, FileQuestion, History } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { paths, versionPaths } from '../app/paths.ts';
import { Room, useEditable, useRun } from '../app/room.tsx';
import {
  Button,
  EmptyState,
  Icon,
  IconButton,
  MenuItem,
  MenuTrigger,
  Screen,
  Skeleton,
  useMediaLayout,
  useStrings,
  useView,
} from '../kit/index.ts';
import css from './BoardScreen.module.css';
import { boardStrings } from './board.strings.ts';
import { BoardProvider } from './boardContext.tsx';
import { useCardOnScreen } from './boardPaths.ts';
import { CardInspector } from './CardInspector.tsx';
import { focusFirstLane } from './focusSoon.ts';
import { Lanes, OneLane } from './Lanes.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { MovingContext } from './moving.ts';

/** Planning: the team's board, and beside it the card that the address names. */
export function BoardScreen() {
  const { team } = useWorkspace();
  return (
    <Room name={boardRoom(team.id)} undoable={makeBoardUndo} fallback={<Waiting />}>
      <OpenBoard />
    </Room>
  );
}

function Waiting() {
  return (
    <div className={css.waiting}>
      {[4, 3, 2].map((count) => (
        <Skeleton key={count} count={count} height={76} width={288} />
      ))}
    </div>
  );
}

function OpenBoard() {
  const t = useStrings(boardStrings);
  const [, navigate] = useLocation();
  const board = useView(boardView);
  const layout = useMediaLayout();
  const cardId = useCardOnScreen();
  const { local } = useWorkspace();
  const [movingId, setMoving] = useState<string | null>(null);
  const moving = movingId === null ? undefined : board.cards.get(movingId);
  usePage(t('planning'));

  return (
    <BoardProvider>
      <MovingContext value={{ startMove: setMoving }}>
        <Screen
          title={t('planning')}
          width="full"
          actions={!local && layout !== 'narrow' && <BoardMenu />}
          inspector={
            cardId === null ? null : (
              <CardInspector key={cardId} cardId={cardId} onClose={() => navigate(paths.board)} />
            )
          }
        >
          <div className={css.board}>
            {board.unreadable > 0 && (
              <p className={css.notice} role="status">
                <Icon icon={FileQuestion} />
                {t('unreadable', { count: board.unreadable })}
              </p>
            )}
            {board.lanes.length === 0 ? (
              <EmptyBoard />
            ) : layout === 'narrow' ? (
              <OneLane menu={!local && <BoardMenu />} />
            ) : (
              <Lanes />
            )}
          </div>
        </Screen>
        {moving && <MoveDialog key={moving.id} card={moving} onClose={() => setMoving(null)} />}
      </MovingContext>
    </BoardProvider>
  );
}

function BoardMenu() {
  const t = useStrings(boardStrings);
  const [, navigate] = useLocation();
  return (
    <MenuTrigger
      placement="bottom end"
      trigger={<IconButton icon={Ellipsis} label={t('actionsOnBoard')} tooltip={false} />}
    >
      <MenuItem icon={History} onAction={() => navigate(versionPaths.board)}>
        {t('versions')}
      </MenuItem>
    </MenuTrigger>
  );
}

function EmptyBoard() {
  const t = useStrings(boardStrings);
  const run = useRun();
  if (!useEditable())
    return (
      <div className={css.empty}>
        <EmptyState>{t('emptyReader')}</EmptyState>
      </div>
    );
  const start = () => {
    if (run(startBoard, { titles: { todo: t('todo'), doing: t('doing'), done: t('done') } }).ok) focusFirstLane();
  };
  return (
    <div className={css.empty}>
      <EmptyState
        action={
          <Button variant="primary" onPress={start}>
            {t('start')}
          </Button>
        }
      >
        {t('empty')}
      </EmptyState>
    </div>
  );
}
