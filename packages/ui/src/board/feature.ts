import { SquareKanban } from 'lucide-react';
import { lazy } from 'react';
import { useLocation } from 'wouter';
import type { Feature } from '../app/feature.ts';
import { paths } from '../app/paths.ts';
import { useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { boardPaths } from './boardPaths.ts';

/** The team's board: Planning, and its parts of Ma journée and of the trash. */
export const boardFeature: Feature = {
  id: 'board',
  nav: {
    useLabel: () => useStrings(boardStrings)('planning'),
    icon: SquareKanban,
    path: paths.board,
    place: 'rail',
    order: 10,
  },
  routes: [
    {
      path: `${paths.board}/*?`,
      screen: lazy(() => import('./BoardScreen.tsx').then(({ BoardScreen }) => ({ default: BoardScreen }))),
    },
  ],
  DaySection: lazy(() => import('./DaySection.tsx').then(({ DaySection }) => ({ default: DaySection }))),
  TrashSection: lazy(() => import('./TrashSection.tsx').then(({ TrashSection }) => ({ default: TrashSection }))),
  useCommands: () => {
    const t = useStrings(boardStrings);
    const [, navigate] = useLocation();
    return [{ id: 'board.newCard', label: t('newCard'), shortcut: 'c', run: () => navigate(boardPaths.newCard) }];
  },
};
