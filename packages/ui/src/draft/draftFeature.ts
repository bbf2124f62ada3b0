import { lazy } from 'react';
import type { Feature } from '../app/feature.ts';
import { paths } from '../app/paths.ts';

/** What the server refused: reached from the sync chip and from the document itself. */
export const draftFeature: Feature = {
  id: 'draft',
  routes: [
    {
      path: paths.drafts,
      screen: lazy(() => import('./DraftsScreen.tsx').then(({ DraftsScreen }) => ({ default: DraftsScreen }))),
    },
  ],
};
