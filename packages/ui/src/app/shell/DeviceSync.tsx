import { type Doc, dossierRegisterView, meetingRegisterView } from '@liasse/core';
import { boardRoom, type RoomName, roomParts } from '@liasse/core/protocol';
import { Button } from '../../kit/controls/Button.tsx';
import { useStrings } from '../../kit/language/strings.ts';
import { SyncChip } from '../../kit/sync/SyncChip.tsx';
import { useSnapshot } from '../../kit/useView.ts';
import { appStrings } from '../app.strings.ts';
import { usePlatform, useReplica, useSession, useWorkspace } from '../context.tsx';
import { paths } from '../paths.ts';
import { useOpening } from '../room.tsx';
import { useGo } from './go.ts';

/** The chip of the whole device, always in sight. Mounted anew for each team: its documents are in another scope. */
export function DeviceSync() {
  const t = useStrings(appStrings);
  const go = useGo();
  const { clock } = usePlatform();
  const { team } = useWorkspace();
  const { server } = useSession();
  const replica = useReplica();
  const sync = useSnapshot(replica.sync);
  const blobsWaiting = useSnapshot(replica.blobs.waiting);
  const unsent = useSnapshot(replica.unsentRooms);
  const board = useOpening(boardRoom(team.id));
  const titleOf = board.kind === 'open' ? titlesIn(board.open.doc) : () => null;

  const names: Readonly<Record<ReturnType<typeof roomParts>['kind'], string>> = {
    board: t('roomBoard'),
    card: t('roomCard'),
    dossier: t('roomDossier'),
    meeting: t('roomMeeting'),
    inbox: t('roomMeeting'),
    archive: t('roomArchive'),
  };
  return (
    <SyncChip
      sync={sync}
      blobsWaiting={blobsWaiting}
      unsent={unsent.map(({ room, edits }) => ({
        key: room,
        label: titleOf(room) ?? names[roomParts(room).kind],
        edits,
      }))}
      clock={clock}
      {...(server?.expired && {
        actions: (
          <Button size="compact" onPress={() => go(paths.settings)}>
            {t('signInAgain')}
          </Button>
        ),
      })}
    />
  );
}

/** The titles that the team's register knows, at this moment: the list is read when the chip is opened. */
function titlesIn(doc: Doc): (room: RoomName) => string | null {
  const { byId: dossiers } = dossierRegisterView(doc).getSnapshot();
  const { byId: meetings } = meetingRegisterView(doc).getSnapshot();
  const entries = new Map<string, { readonly title: string }>([...dossiers, ...meetings]);
  return (room) => entries.get(roomParts(room).id ?? '')?.title ?? null;
}
