import { type Dossier, type DossierEntry, type DossierId, piecesView } from '@liasse/core';
import { useEffect } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { useView } from '../kit/index.ts';

/** The dossiers opened on this page, last first: what a person clips into next is most often one of them. */
const opened: DossierId[] = [];

/**
 * Tells the popup which dossiers to offer: those opened lately, then the newest.
 *
 * @param current - the one on screen, or null
 */
export function useRememberedDossiers(entries: readonly DossierEntry[], current: DossierId | null): void {
  const platform = usePlatform();
  const { team } = useWorkspace();
  useEffect(() => {
    if (current !== null) opened.unshift(...[current, ...opened.splice(0).filter((id) => id !== current)]);
    const at = ({ id }: DossierEntry) => {
      const index = opened.indexOf(id);
      return index === -1 ? opened.length : index;
    };
    const recent = [...entries].sort((a, b) => at(a) - at(b) || b.registered.at - a.registered.at);
    platform.rememberDossiers(
      team.id,
      recent.map(({ id, title }) => ({ id, title })),
    );
  }, [platform, team.id, entries, current]);
}

/** Tells the popup which pages the dossier on screen holds. */
export function useRememberedPieces(dossier: Dossier): void {
  const platform = usePlatform();
  const { team } = useWorkspace();
  const { items } = useView(piecesView);
  const { id, trashed } = dossier;
  const title = trashed === null ? dossier.title : '';
  useEffect(() => {
    platform.rememberPieces(team.id, { id, title }, items);
  }, [platform, team.id, id, title, items]);
}
