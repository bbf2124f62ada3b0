import { lazy } from 'react';
import type { Feature } from '../app/feature.ts';
import { versionPaths } from '../app/paths.ts';

const screen = lazy(() => import('./VersionsScreen.tsx'));

/** What a board, a dossier or a meeting was at earlier moments, as the server keeps it. */
export const versionsFeature: Feature = {
  id: 'versions',
  routes: [
    { path: versionPaths.board, screen },
    { path: versionPaths.dossier(':dossierId'), screen },
    { path: versionPaths.meeting(':meetingId'), screen },
  ],
};
