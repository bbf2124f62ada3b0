import { movePiece, type Piece, piecesView, rankAt } from '@liasse/core';
import { useCallback } from 'react';
import { usePlatform } from '../../app/context.tsx';
import { useRun } from '../../app/room.tsx';
import { announce, useOpenDoc, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';

/** Moves a piece to an index of the bordereau counted without it, and says its new number to those who hear the screen. */
export function useMovePiece(): (piece: Piece, index: number) => void {
  const open = useOpenDoc();
  const run = useRun();
  const { random } = usePlatform();
  const t = useStrings(dossierStrings);
  return useCallback(
    (piece, index) => {
      const view = piecesView(open.doc);
      const { items } = view.getSnapshot();
      const others = items.filter(({ id }) => id !== piece.id);
      const at = Math.max(0, Math.min(index, others.length));
      if (items[at]?.id === piece.id) return;
      const moved = run(movePiece, { pieceId: piece.id, rank: rankAt(others, at, random) });
      if (!moved.ok) return;
      const after = view.getSnapshot().items;
      const number = after.findIndex(({ id }) => id === piece.id) + 1;
      announce(t('pieceMoved', { title: piece.title, number, count: after.length }));
    },
    [open, run, random, t],
  );
}
