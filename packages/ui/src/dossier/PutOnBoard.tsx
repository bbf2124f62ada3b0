import { cardsView, type Dossier, putDossierOnBoard, takeCardOff } from '@liasse/core';
import { SquareKanban } from 'lucide-react';
import { useState } from 'react';
import { paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { Button, Link, useSnapshot, useStrings, useToast } from '../kit/index.ts';
import { useBoardAside } from './boardAside.tsx';
import { dossierStrings } from './dossier.strings.ts';
import { useTeamAct } from './teamActs.ts';

/** Makes a card for the dossier, or leads to the one it has. */
export function PutOnBoard({ dossier }: { readonly dossier: Dossier }) {
  const t = useStrings(dossierStrings);
  const toast = useToast();
  const act = useTeamAct();
  const go = useGo();
  const [busy, setBusy] = useState(false);
  const { items } = useSnapshot(cardsView(useBoardAside().doc));
  const card = items.find(({ dossierId }) => dossierId === dossier.id);
  if (card) return <Link href={paths.card(card.id)}>{t('onBoard')}</Link>;

  const put = async () => {
    setBusy(true);
    const columns = { todo: t('columnTodo'), doing: t('columnDoing'), done: t('columnDone') };
    const made = await act((docs) => putDossierOnBoard(docs, { dossierId: dossier.id, title: dossier.title, columns }));
    setBusy(false);
    if (made === null) return;
    const takeOff = async () => {
      const done = await act(async (docs) => {
        await takeCardOff(docs, made.cardId);
        return true;
      });
      if (done) toast.show({ message: t('cardTakenOff') });
    };
    toast.show({
      message: t('cardMade', { column: made.column }),
      action: { label: t('open'), run: () => go(paths.card(made.cardId)) },
      undo: () => void takeOff(),
    });
  };
  return (
    <Button icon={SquareKanban} busy={busy} onPress={() => void put()}>
      {t('putOnBoard')}
    </Button>
  );
}
