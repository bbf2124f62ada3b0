import { Search } from 'lucide-react';
import { lazy } from 'react';
import type { Feature } from '../app/feature.ts';
import { paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { useStrings } from '../kit/index.ts';
import { SEARCH_COMMAND, SEARCH_KEY } from './command.ts';
import { searchStrings } from './search.strings.ts';
import { useIndexing } from './useIndexing.ts';

/** Search: everything that this device holds of the team. */
export const searchFeature: Feature = {
  id: 'search',
  nav: {
    useLabel: () => useStrings(searchStrings)('search'),
    icon: Search,
    path: paths.search,
    place: 'rail',
    order: 40,
  },
  routes: [{ path: paths.search, screen: lazy(() => import('./SearchScreen.tsx')) }],
  useCommands: () => {
    const t = useStrings(searchStrings);
    const go = useGo();
    useIndexing();
    return [{ id: SEARCH_COMMAND, label: t('searchTeam'), shortcut: SEARCH_KEY, run: () => go(paths.search) }];
  },
};
