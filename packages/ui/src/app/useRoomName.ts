import { type Doc, dossierRegisterView, meetingRegisterView } from '@liasse/core';
import { boardRoom, type RoomName, roomParts } from '@liasse/core/protocol';
import { useStrings } from '../kit/language/strings.ts';
import { appStrings } from './app.strings.ts';
import { useWorkspace } from './context.tsx';
import { useOpening } from './room.tsx';

/** What people call a document of the team on screen: its title where the register knows it, else what it is. */
export function useRoomName(): (room: RoomName) => string {
  const t = useStrings(appStrings);
  const { team } = useWorkspace();
  const board = useOpening(boardRoom(team.id));
  const titleOf = board.kind === 'open' ? titlesIn(board.open.doc) : () => null;
  const kinds: Readonly<Record<ReturnType<typeof roomParts>['kind'], string>> = {
    board: t('roomBoard'),
    card: t('roomCard'),
    dossier: t('roomDossier'),
    meeting: t('roomMeeting'),
    inbox: t('roomMeeting'),
    archive: t('roomArchive'),
  };
  return (room) => titleOf(room) ?? kinds[roomParts(room).kind];
}

/** The titles that the team's register knows at this moment. */
function titlesIn(doc: Doc): (room: RoomName) => string | null {
  const { byId: dossiers } = dossierRegisterView(doc).getSnapshot();
  const { byId: meetings } = meetingRegisterView(doc).getSnapshot();
  const entries = new Map<string, { readonly title: string }>([...dossiers, ...meetings]);
  return (room) => entries.get(roomParts(room).id ?? '')?.title ?? null;
}
