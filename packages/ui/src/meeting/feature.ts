import { CalendarClock } from 'lucide-react';
import { lazy } from 'react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../app/context.tsx';
import type { Feature } from '../app/feature.ts';
import { inTeam, paths } from '../app/paths.ts';
import { useStrings } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';

/** Meetings: their list, their agendas, those of today, those in the trash. */
export const meetingFeature: Feature = {
  id: 'meeting',
  nav: {
    useLabel: () => useStrings(meetingStrings)('meetings'),
    icon: CalendarClock,
    path: paths.meetings,
    place: 'rail',
    order: 30,
  },
  routes: [
    { path: paths.meetings, screen: lazy(() => import('./MeetingsScreen.tsx')) },
    { path: `${paths.meetings}/:meetingId`, screen: lazy(() => import('./MeetingScreen.tsx')) },
  ],
  DaySection: lazy(() => import('./DaySection.tsx')),
  TrashSection: lazy(() => import('./TrashSection.tsx')),
  useCommands: () => {
    const t = useStrings(meetingStrings);
    const { team } = useWorkspace();
    const [, navigate] = useLocation();
    if (team.role === 'reader') return [];
    const run = () => navigate(inTeam(team.id, `${paths.meetings}?nouvelle`));
    return [{ id: 'meeting.new', label: t('prepare'), run }];
  },
};
