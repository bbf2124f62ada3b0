import type { AccountId } from '@liasse/core';
import { useWorkspace } from '../../app/context.tsx';
import { Button, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import css from './piece.module.css';

/** The record came before its blob: who is sending it, and that nothing needs to be done. */
export function BlobAway({ by, onRetry }: { readonly by: AccountId; readonly onRetry: () => void }) {
  const t = useStrings(dossierStrings);
  const who = useWho();
  const own = useWorkspace().scope.account === by;
  return (
    <div className={css.away} role="status">
      <p>
        {own ? t('blobAwayOwn') : t('blobAway', { who: who(by) })} {t('blobAwayTodo')}
      </p>
      <Button onPress={onRetry}>{t('tryAgain')}</Button>
    </div>
  );
}
