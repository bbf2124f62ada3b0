import type { DossierEntry, DossierId } from '@liasse/core';
import { useEffect } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';

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
