import { type Piece, piecesView, slipLines, trashedPiecesView } from '@liasse/core';
import { useMemo } from 'react';
import { useView } from '../../kit/index.ts';

/** The versions of a piece's work that are in the dossier, oldest first, itself among them; itself alone in the trash. */
export function useVersions(piece: Piece): readonly Piece[] {
  const slip = useView(piecesView).items;
  const trashed = useView(trashedPiecesView).items;
  return useMemo(() => {
    const line = slipLines(slip, trashed).find(({ versions }) => versions.some(({ id }) => id === piece.id));
    return line?.versions ?? [piece];
  }, [slip, trashed, piece]);
}
