import { FolderClosed } from 'lucide-react';
import { lazy } from 'react';
import type { Feature } from '../app/feature.ts';
import { paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { useStrings } from '../kit/index.ts';
import { dossierStrings } from './dossier.strings.ts';
import { newDossierPath } from './sections.ts';

/** Dossiers: what the team gathers about each matter. */
export const dossierFeature: Feature = {
  id: 'dossier',
  nav: {
    useLabel: () => useStrings(dossierStrings)('dossiers'),
    icon: FolderClosed,
    path: paths.dossiers,
    place: 'rail',
    order: 20,
  },
  routes: [
    { path: '/dossiers', screen: lazy(() => import('./list/DossiersScreen.tsx')) },
    { path: '/dossiers/:dossierId/piece/:pieceId', screen: lazy(() => import('./piece/PieceScreen.tsx')) },
    { path: '/dossiers/:dossierId/bordereau', screen: lazy(() => import('./print/SlipPrintScreen.tsx')) },
    { path: '/dossiers/:dossierId/*?', screen: lazy(() => import('./DossierScreen.tsx')) },
  ],
  DaySection: lazy(() => import('./DossierDaySection.tsx')),
  TrashSection: lazy(() => import('./DossierTrashSection.tsx')),
  useCommands: useDossierCommands,
};

function useDossierCommands(): ReturnType<NonNullable<Feature['useCommands']>> {
  const t = useStrings(dossierStrings);
  const go = useGo();
  return [
    { id: 'dossier.new', label: t('newDossier'), run: () => go(newDossierPath) },
    { id: 'dossier.list', label: t('allDossiers'), run: () => go(paths.dossiers) },
  ];
}
