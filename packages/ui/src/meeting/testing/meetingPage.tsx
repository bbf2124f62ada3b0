import {
  type AgendaItemId,
  addItem,
  agendaView,
  createMeeting,
  type MeetingId,
  meetingRegisterView,
  type Rank,
  registerMeeting,
} from '@liasse/core';
import { boardRoom, meetingRoom } from '@liasse/core/protocol';
import { testId } from '@liasse/core/testing';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Room } from '../../app/room.tsx';
import { type MemoryPlatform, makeMemoryPlatform, TEST_TEAM } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import '../../text/testing/layout.ts';
import { meetingFeature } from '../feature.ts';

export const board = boardRoom(TEST_TEAM);
export const meetingId = testId<MeetingId>(10);
export const room = meetingRoom(TEST_TEAM, meetingId);
export const itemAt = (n: number) => testId<AgendaItemId>(100 + n);
export const user = userEvent.setup();

/** The slice's screens behind their addresses, as the shell mounts them. */
export function open(path: string, platform: MemoryPlatform = makeMemoryPlatform()) {
  const { routes, DaySection, TrashSection } = meetingFeature;
  return renderApp(
    <Suspense>
      <Switch>
        {routes.map(({ path: at, screen: Screen }) => (
          <Route key={at} path={at}>
            <Screen />
          </Route>
        ))}
        <Route>
          <Room name={board}>
            {DaySection && <DaySection />}
            {TrashSection && <TrashSection />}
          </Room>
        </Route>
      </Switch>
    </Suspense>,
    { path, platform },
  );
}

/** A meeting on 23 November at 14 h with the titles as its agenda, ten minutes each. */
export function withMeeting(titles: readonly string[], platform = makeMemoryPlatform()): MemoryPlatform {
  const when = { day: '2026-11-23', startTime: '14:00', endTime: null };
  platform.run(room, createMeeting, { meetingId, title: 'Comité budgétaire', when });
  platform.run(board, registerMeeting, { meetingId, title: 'Comité budgétaire', when });
  titles.forEach((title, n) => {
    const rank = `a${n}` as Rank;
    platform.run(room, addItem, { itemId: itemAt(n), rank, title, kind: 'discussion', minutes: 10 });
  });
  return platform;
}

export const docOf = (platform: MemoryPlatform, name: typeof room) =>
  platform.replica(platform.session.getSnapshot().current.scope).doc(name);
export const agenda = (platform: MemoryPlatform) => agendaView(docOf(platform, room)).getSnapshot().items;
export const listed = (platform: MemoryPlatform) => meetingRegisterView(docOf(platform, board)).getSnapshot().items;
export const shownTitles = () => screen.queryAllByRole('heading', { level: 3 }).map((heading) => heading.textContent);
export const focused = () => document.activeElement?.getAttribute('aria-label');

/** Lazy parts, read once: under load their first reading outlasts what a query waits for. */
export const readScreens = () =>
  Promise.all([import('../MeetingsScreen.tsx'), import('../MeetingScreen.tsx'), import('../../text/Editor.tsx')]);
