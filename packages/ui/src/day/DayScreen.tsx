import { boardRoom } from '@liasse/core/protocol';
import { Suspense } from 'react';
import { Router } from 'wouter';
import { AriaRouter } from '../app/AriaRouter.tsx';
import { useSession, WorkspaceProvider } from '../app/context.tsx';
import { features } from '../app/features.ts';
import { teamBase } from '../app/paths.ts';
import type { Workspace } from '../app/platform.ts';
import { Room } from '../app/room.tsx';
import { ErrorBoundary, Screen, Skeleton, useFormat, useStrings } from '../kit/index.ts';
import css from './DayScreen.module.css';
import { dayStrings } from './day.strings.ts';
import { NothingToday } from './NothingToday.tsx';
import { useToday } from './useToday.ts';

/** Ma journée: what each feature has for today, team by team. */
export function DayScreen() {
  const t = useStrings(dayStrings);
  const format = useFormat();
  const { workspaces } = useSession();
  const today = useToday();
  return (
    <Screen title={t('title')} width="reading" meta={t('today', { day: format.longDay(today) })}>
      <div className={css.teams}>
        {workspaces.map((workspace) => (
          <TeamDay key={workspace.team.id} workspace={workspace} named={workspaces.length > 1} />
        ))}
      </div>
      {/* Shown by the style sheet when no section has anything: only they know, and they say it by drawing nothing. */}
      <div className={css.nothing}>
        <NothingToday />
      </div>
    </Screen>
  );
}

function TeamDay({ workspace, named }: { readonly workspace: Workspace; readonly named: boolean }) {
  const { team } = workspace;
  return (
    <Router base={teamBase(team.id)}>
      <AriaRouter>
        <WorkspaceProvider workspace={workspace}>
          <div className={css.team}>
            {named && <p className={css.name}>{team.name}</p>}
            <Room name={boardRoom(team.id)} aside fallback={<Skeleton count={2} />}>
              {features.map(
                ({ id, DaySection }) =>
                  DaySection && (
                    <ErrorBoundary key={id}>
                      <Suspense fallback={<div data-waiting="" />}>
                        <DaySection />
                      </Suspense>
                    </ErrorBoundary>
                  ),
              )}
            </Room>
          </div>
        </WorkspaceProvider>
      </AriaRouter>
    </Router>
  );
}
