import { type Dossier, DossierId, dossierRegisterView, dossierUndoable, dossierView } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { useParams } from 'wouter';
import { useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import { Room } from '../app/room.tsx';
import { useSnapshot, useStrings, useView } from '../kit/index.ts';
import { BoardAside, useBoardAside } from './boardAside.tsx';
import { DossierHeader } from './DossierHeader.tsx';
import { Absent, NoSuchDossier, Unreadable } from './DossierStates.tsx';
import { dossierStrings } from './dossier.strings.ts';
import { HistorySection } from './history/HistorySection.tsx';
import { NotesSection } from './notes/NotesSection.tsx';
import { PieceDesk } from './PieceDesk.tsx';
import { useRememberedDossiers, useRememberedPieces } from './remembered.ts';
import { placeIn } from './sections.ts';
import { SlipSection } from './slip/SlipSection.tsx';

/** One dossier: its bordereau, its notes, its history. */
export default function DossierScreen() {
  const { team } = useWorkspace();
  const params = useParams();
  const id = DossierId.safeParse(params.dossierId);
  if (!id.success) return <NoSuchDossier />;
  return (
    <BoardAside>
      <Room name={dossierRoom(team.id, id.data)} undoable={dossierUndoable}>
        <PieceDesk dossierId={id.data}>
          <OpenDossier id={id.data} rest={params['*'] ?? ''} />
        </PieceDesk>
      </Room>
    </BoardAside>
  );
}

function OpenDossier({ id, rest }: { readonly id: DossierId; readonly rest: string }) {
  const state = useView(dossierView);
  const board = useBoardAside();
  const { items } = useSnapshot(dossierRegisterView(board.doc));
  useRememberedDossiers(items, id);
  if (state.kind === 'absent') return <Absent />;
  if (state.kind === 'unreadable') return <Unreadable />;
  return <ReadableDossier dossier={state.dossier} rest={rest} />;
}

function ReadableDossier({ dossier, rest }: { readonly dossier: Dossier; readonly rest: string }) {
  const t = useStrings(dossierStrings);
  useRememberedPieces(dossier);
  usePage(dossier.title, [{ label: t('dossiers'), to: paths.dossiers }]);
  const place = placeIn(rest);
  return (
    <DossierHeader dossier={dossier} section={place.section}>
      {place.section === 'slip' && <SlipSection dossier={dossier} />}
      {place.section === 'notes' && <NotesSection dossier={dossier} noteId={place.noteId} />}
      {place.section === 'history' && <HistorySection />}
    </DossierHeader>
  );
}
