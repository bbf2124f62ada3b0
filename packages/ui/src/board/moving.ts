import { createContext, use } from 'react';

/** Opens *Déplacer vers…* for a card. The dialog stands beside the board: the row it came from may leave its lane. */
interface Moving {
  readonly startMove: (cardId: string) => void;
}

export const MovingContext = createContext<Moving>({ startMove: () => {} });

export const useMoving = (): Moving => use(MovingContext);
