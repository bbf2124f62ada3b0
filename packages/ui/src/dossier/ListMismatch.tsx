import { type Dossier, dossierRegisterView, ensureRegistered } from '@liasse/core';
import { useEffect, useState } from 'react';
import { useEditable } from '../app/room.tsx';
import { Button, ErrorNote, useSnapshot, useStrings } from '../kit/index.ts';
import { useBoardAside } from './boardAside.tsx';
import { dossierStrings } from './dossier.strings.ts';
import { useTeamAct } from './teamActs.ts';

/** Two documents never arrive at the same instant: only what lasts is worth a word. */
const LASTS_MS = 4_000;

/**
 * Says when the team's list does not show this dossier as it is (a device was cut in the middle, or two people renamed it
 * at once), and mends it when asked: opening a document writes nothing by itself.
 */
export function ListMismatch({ dossier }: { readonly dossier: Dossier }) {
  const t = useStrings(dossierStrings);
  const act = useTeamAct();
  const editable = useEditable();
  const { byId } = useSnapshot(dossierRegisterView(useBoardAside().doc));
  const listed = byId.get(dossier.id)?.title;
  const differs = dossier.restricted ? listed !== undefined : listed !== dossier.title;
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!differs) return;
    const timer = setTimeout(() => setLasts(true), LASTS_MS);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [differs]);

  if (!differs || !lasts || !editable) return null;
  return (
    <ErrorNote
      role="status"
      happened={t('notListed')}
      actions={<Button onPress={() => void act((docs) => ensureRegistered(docs, dossier.id))}>{t('mendList')}</Button>}
    />
  );
}
