import { createContext, use } from 'react';

/** Something said in passing. Never the only path to what it offers. */
export interface Notice {
  readonly text: string;
  readonly tone?: 'refused';
  /** Offered as *Annuler* while the notice is there. */
  readonly undo?: () => void;
}

/** How the app says things in passing: a toast, announced to screen readers. */
export type Notify = (notice: Notice) => void;

const NotifyContext = createContext<Notify | null>(null);

export const NotifyProvider = NotifyContext.Provider;

export function useNotify(): Notify {
  const notify = use(NotifyContext);
  if (notify === null) throw new Error('bug: nothing around this component can say things');
  return notify;
}
