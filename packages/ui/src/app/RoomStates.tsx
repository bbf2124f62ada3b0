import type { ReactNode } from 'react';
import { Button } from '../kit/controls/Button.tsx';
import { EmptyState } from '../kit/feedback/EmptyState.tsx';
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx';
import { Skeleton } from '../kit/feedback/Skeleton.tsx';
import { useStrings } from '../kit/language/strings.ts';
import { appStrings } from './app.strings.ts';

/** Bones in the final geometry. Most documents are there before anyone sees them. */
export function RoomWaiting({ fallback }: { readonly fallback: ReactNode }) {
  return (
    <div data-waiting="" aria-busy="true">
      {fallback ?? <Skeleton count={4} />}
    </div>
  );
}

export function RoomFailed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useStrings(appStrings);
  return (
    <ErrorNote
      happened={t('roomFailed')}
      safe={t('roomFailedSafe')}
      todo={t('roomFailedDo')}
      code={String(error)}
      actions={<Button onPress={onRetry}>{t('retry')}</Button>}
    />
  );
}

/** A document that is elsewhere, and no way to it now: or nobody has begun it, which only the server knows. */
export function RoomAbsent({ onBegin }: { readonly onBegin: () => void }) {
  const t = useStrings(appStrings);
  return (
    <div data-waiting="">
      <title>Liasse</title>
      <EmptyState action={<Button onPress={onBegin}>{t('openAnyway')}</Button>}>{t('notHereYet')}</EmptyState>
    </div>
  );
}
