import { type Dossier, DossierId, dayAt, dossierView, piecesView, slipLines, trashedPiecesView } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { Printer } from 'lucide-react';
import { useParams } from 'wouter';
import { usePlatform, useWorkspace } from '../../app/context.tsx';
import { usePage } from '../../app/page.tsx';
import { paths } from '../../app/paths.ts';
import { Room } from '../../app/room.tsx';
import { Button, EmptyState, Link, Screen, useFormat, useStrings, useView } from '../../kit/index.ts';
import { Absent, NoSuchDossier, Unreadable } from '../DossierStates.tsx';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import { SlipTable } from './SlipTable.tsx';

/** The bordereau as it goes on paper: look at it, then print it. */
export default function SlipPrintScreen() {
  const { team } = useWorkspace();
  const id = DossierId.safeParse(useParams().dossierId);
  if (!id.success) return <NoSuchDossier />;
  return (
    <Room name={dossierRoom(team.id, id.data)}>
      <OpenSlip />
    </Room>
  );
}

function OpenSlip() {
  const state = useView(dossierView);
  if (state.kind === 'absent') return <Absent />;
  if (state.kind === 'unreadable') return <Unreadable />;
  return <PrintedSlip dossier={state.dossier} />;
}

function PrintedSlip({ dossier }: { readonly dossier: Dossier }) {
  const t = useStrings(evidenceStrings);
  const format = useFormat();
  const { team } = useWorkspace();
  const today = dayAt(usePlatform().clock.now());
  const { items } = useView(piecesView);
  const lines = slipLines(items, useView(trashedPiecesView).items);
  usePage(t('slipTitle'), [
    { label: t('dossiers'), to: paths.dossiers },
    { label: dossier.title, to: paths.dossier(dossier.id) },
  ]);
  return (
    <Screen
      title={dossier.title}
      meta={
        <>
          <span>{team.name}</span>
          <span>{t('slipTitle')}</span>
          <span>{t('slipDay', { day: format.longDay(today) })}</span>
          <span>{t('slipCount', { count: items.length })}</span>
        </>
      }
      actions={
        <>
          <Link href={paths.dossier(dossier.id)}>{t('backToDossier')}</Link>
          <Button variant="primary" icon={Printer} onPress={() => window.print()}>
            {t('print')}
          </Button>
        </>
      }
    >
      {lines.length === 0 ? <EmptyState>{t('slipEmpty')}</EmptyState> : <SlipTable lines={lines} />}
    </Screen>
  );
}
