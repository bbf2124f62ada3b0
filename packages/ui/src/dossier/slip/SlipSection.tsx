import { type Dossier, type Piece, type PieceId, piecesView, restorePiece, trashedPiecesView } from '@liasse/core';
import { GridList, useDragAndDrop } from 'react-aria-components';
import { paths } from '../../app/paths.ts';
import { useEditable, useRun } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { EmptyState, useStrings, useView } from '../../kit/index.ts';
import frame from '../dossier.module.css';
import { dossierStrings } from '../dossier.strings.ts';
import { TrashedHere } from '../TrashedHere.tsx';
import { ClipHere } from './ClipHere.tsx';
import { SlipRow } from './SlipRow.tsx';
import css from './slip.module.css';
import { useMovePiece } from './useMovePiece.ts';

/** The pieces as on a bordereau: numbered, in the order the team gives them. */
export function SlipSection({ dossier }: { readonly dossier: Dossier }) {
  const t = useStrings(dossierStrings);
  const editable = useEditable() && dossier.trashed === null;
  const { items, unreadable } = useView(piecesView);
  const trashed = useView(trashedPiecesView).items;
  const run = useRun();
  const go = useGo();
  const hooks = useSlipDragging(items, editable);

  return (
    <>
      {editable && <ClipHere dossierId={dossier.id} />}
      {items.length === 0 && <EmptyState>{t(editable ? 'noPiece' : 'noPieceReader')}</EmptyState>}
      {items.length > 0 && (
        <GridList
          aria-label={t('slip')}
          className={css.slip ?? ''}
          items={items.map((piece, index) => ({ id: piece.id, piece, number: index + 1 }))}
          dependencies={[items.length, editable]}
          keyboardNavigationBehavior="tab"
          dragAndDropHooks={hooks}
          onAction={(key) => go(paths.piece(dossier.id, key as PieceId))}
        >
          {({ piece, number }) => (
            <SlipRow dossierId={dossier.id} piece={piece} number={number} count={items.length} editable={editable} />
          )}
        </GridList>
      )}
      <TrashedHere
        summary={t('trashedPieces', { count: trashed.length })}
        lines={trashed}
        editable={editable}
        onRestore={(id) => run(restorePiece, { pieceId: id as PieceId })}
      />
      {unreadable > 0 && <p className={frame.unreadable}>{t('unreadablePieces', { count: unreadable })}</p>}
    </>
  );
}

/** Dragging by mouse, touch, keyboard and screen reader; rows go between rows, nowhere else. */
function useSlipDragging(items: readonly Piece[], editable: boolean) {
  const move = useMovePiece();
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !editable,
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': items.find(({ id }) => id === key)?.title ?? '' })),
    onReorder: ({ keys, target }) => {
      const [key] = keys;
      const piece = items.find(({ id }) => id === key);
      if (!piece) return;
      const others = items.filter(({ id }) => id !== key);
      const beside = others.findIndex(({ id }) => id === target.key);
      move(piece, target.dropPosition === 'after' ? beside + 1 : beside);
    },
  });
  return dragAndDropHooks;
}
