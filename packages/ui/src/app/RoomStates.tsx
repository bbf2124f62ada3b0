import { documentFormatView } from '@liasse/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useStrings } from '../kit/language/strings.ts';
import { useView } from '../kit/useView.ts';
import { appStrings } from './app.strings.ts';
import { useWorkspace } from './context.tsx';
import css from './RoomStates.module.css';

/** Nothing for 200 ms, then a skeleton: most documents are there before anyone could see one. */
export function RoomWaiting({ fallback }: { readonly fallback: ReactNode }) {
  const t = useStrings(appStrings);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div data-waiting="" aria-busy="true">
      {late && (
        <>
          <p className={css.said} role="status">
            {t('loading')}
          </p>
          {fallback ?? <div className={css.skeleton} />}
        </>
      )}
    </div>
  );
}

export function RoomFailed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useStrings(appStrings);
  return (
    <div className={css.failed} role="alert">
      <p className={css.what}>{t('roomFailed')}</p>
      <p>{t('roomFailedSafe')}</p>
      <button type="button" onClick={onRetry}>
        {t('retry')}
      </button>
      <details>
        <summary>{t('details')}</summary>
        <code>{String(error)}</code>
      </details>
    </div>
  );
}

/** Why the document on screen cannot be edited, when it cannot. */
export function RoomBanner() {
  const t = useStrings(appStrings);
  const format = useView(documentFormatView);
  const { role } = useWorkspace().team;
  if (!format.writable) return <p className={css.banner}>{t('newerDocument')}</p>;
  if (role === 'reader') return <p className={css.banner}>{t('readOnly')}</p>;
  return null;
}
