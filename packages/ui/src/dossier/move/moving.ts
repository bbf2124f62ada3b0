import type { Piece } from '@liasse/core';
import { createContext, use } from 'react';

/** Opens *Déplacer vers un autre dossier…* for a piece. The dialog outlives the menu that asked for it. */
export const MovingContext = createContext<(piece: Piece) => void>(() => {});

export const useStartMove = (): ((piece: Piece) => void) => use(MovingContext);
