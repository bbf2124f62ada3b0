import { boardRoom } from '@liasse/core/protocol';
import { Suspense } from 'react';
import { useWorkspace } from '../app/context.tsx';
import { features } from '../app/features.ts';
import { Room } from '../app/room.tsx';
import { EmptyState, ErrorBoundary, Screen, useStrings } from '../kit/index.ts';
import css from './TrashScreen.module.css';
import { trashStrings } from './trash.strings.ts';

/** What the team has put in the trash, feature by feature. */
export function TrashScreen() {
  const t = useStrings(trashStrings);
  const { team } = useWorkspace();
  return (
    <Screen title={t('title')} width="reading" meta={t('meta')}>
      <Room name={boardRoom(team.id)}>
        <div className={css.sections}>
          {features.map(
            ({ id, TrashSection }) =>
              TrashSection && (
                <ErrorBoundary key={id}>
                  <Suspense fallback={<div data-waiting="" />}>
                    <TrashSection />
                  </Suspense>
                </ErrorBoundary>
              ),
          )}
        </div>
        {/* As on Ma journée: sections without anything draw nothing. */}
        <div className={css.empty}>
          <EmptyState>{t('empty')}</EmptyState>
        </div>
      </Room>
    </Screen>
  );
}
