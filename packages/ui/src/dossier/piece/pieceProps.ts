import type { DossierId, Piece } from '@liasse/core';

/** What every part of a piece's screen is given. */
export interface PieceProps {
  readonly dossierId: DossierId;
  readonly piece: Piece;
}
