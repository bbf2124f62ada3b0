import {
  DossierId,
  dossierUndoable,
  dossierView,
  PieceId,
  piecesView,
  slipLines,
  slipNumbers,
  trashedPiecesView,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { useEffect } from 'react';
import { useParams } from 'wouter';
import { useWorkspace } from '../../app/context.tsx';
import { usePage } from '../../app/page.tsx';
import { paths } from '../../app/paths.ts';
import { Room } from '../../app/room.tsx';
import { ErrorNote, Link, Screen, useOpenDoc, useStrings, useView } from '../../kit/index.ts';
import { NoSuchDossier } from '../DossierStates.tsx';
import { dossierStrings } from '../dossier.strings.ts';
import { PieceDesk } from '../PieceDesk.tsx';
import { PieceView } from './PieceView.tsx';

/** One piece, read on its own page. */
export default function PieceScreen() {
  const { team } = useWorkspace();
  const params = useParams();
  const dossierId = DossierId.safeParse(params.dossierId);
  const pieceId = PieceId.safeParse(params.pieceId);
  if (!dossierId.success || !pieceId.success) return <NoSuchDossier />;
  return (
    <Room name={dossierRoom(team.id, dossierId.data)} undoable={dossierUndoable}>
      <PieceDesk dossierId={dossierId.data}>
        <OpenPiece dossierId={dossierId.data} pieceId={pieceId.data} />
      </PieceDesk>
    </Room>
  );
}

function OpenPiece({ dossierId, pieceId }: { readonly dossierId: DossierId; readonly pieceId: PieceId }) {
  const t = useStrings(dossierStrings);
  const open = useOpenDoc();
  const state = useView(dossierView);
  const slip = useView(piecesView);
  const trashed = useView(trashedPiecesView);
  const piece = slip.byId.get(pieceId) ?? trashed.byId.get(pieceId);
  const dossierTitle = state.kind === 'readable' ? state.dossier.title : t('dossier');
  usePage(piece?.title ?? t('pieces'), [
    { label: t('dossiers'), to: paths.dossiers },
    { label: dossierTitle, to: paths.dossier(dossierId) },
  ]);
  useEffect(() => {
    open.setPlace(pieceId);
    return () => open.setPlace(null);
  }, [open, pieceId]);

  if (piece === undefined) {
    return (
      <Screen title={t('pieces')}>
        <ErrorNote
          role="status"
          happened={t('pieceGone')}
          actions={<Link href={paths.dossier(dossierId)}>{t('backToDossier')}</Link>}
        />
      </Screen>
    );
  }
  const place = slipNumbers(slipLines(slip.items, trashed.items)).get(pieceId) ?? null;
  return <PieceView dossierId={dossierId} piece={piece} place={place} />;
}
