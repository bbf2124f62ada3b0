import { createContext, use } from 'react';

/** Which card of the lane is being renamed where it stands. */
interface Renaming {
  readonly renaming: string | null;
  readonly rename: (cardId: string | null) => void;
}

export const RenamingContext = createContext<Renaming>({ renaming: null, rename: () => {} });

export const useRenaming = (): Renaming => use(RenamingContext);
