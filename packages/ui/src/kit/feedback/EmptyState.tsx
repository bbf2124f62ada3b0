import type { ReactNode } from 'react';
import css from './EmptyState.module.css';

interface EmptyStateProps {
  /** One sentence: *Aucun dossier pour l’instant.* */
  children: ReactNode;
  /** One action, at most. */
  action?: ReactNode;
}

/** What a list shows when it is empty: one sentence, one action, no picture. */
export function EmptyState({ children, action }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
