import { type RoomName, roomParts } from '@liasse/core/protocol';
import type { SyncTrouble } from '@liasse/core/replica';
import { Button } from '../../kit/controls/Button.tsx';
import { useStrings } from '../../kit/language/strings.ts';
import { SyncChip } from '../../kit/sync/SyncChip.tsx';
import { useSnapshot } from '../../kit/useView.ts';
import { appStrings } from '../app.strings.ts';
import { usePlatform, useReplica, useSession, useWorkspace } from '../context.tsx';
import { ExportButton } from '../ExportButton.tsx';
import { useOnScreen } from '../page.tsx';
import { paths } from '../paths.ts';
import { useRoomName } from '../useRoomName.ts';
import { useGo } from './go.ts';

/** Where what is here may be all there is: a copy in a file is offered. */
const WORTH_A_COPY: ReadonlySet<SyncTrouble['code']> = new Set(['no-space', 'refused', 'forbidden', 'document-error']);

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
  const drafts = useSnapshot(replica.drafts).filter(({ room }) => roomParts(room).team === team.id);
  const nameOf = useRoomName();
  return (
    <SyncChip
      sync={sync}
      blobsWaiting={blobsWaiting}
      drafts={drafts.length}
      unsent={unsent.map(({ room, edits }) => ({
        key: room,
        label: nameOf(room),
        edits,
      }))}
      clock={clock}
      actions={
        <>
          {drafts.length > 0 && (
            <Button size="compact" onPress={() => go(paths.drafts)}>
              {t('seeDrafts', { count: drafts.length })}
            </Button>
          )}
          {server?.expired && (
            <Button size="compact" onPress={() => go(paths.settings)}>
              {t('signInAgain')}
            </Button>
          )}
          {sync.trouble && WORTH_A_COPY.has(sync.trouble.code) && (
            <ExportTroubled room={sync.trouble.room} nameOf={nameOf} />
          )}
        </>
      }
    />
  );
}

/** A trouble of no document in particular is about the one on screen as much as about any: the one there as the chip opens. */
function ExportTroubled({
  room,
  nameOf,
}: {
  readonly room: RoomName | null;
  readonly nameOf: (room: RoomName) => string;
}) {
  const onScreen = useOnScreen();
  const troubled = room ?? onScreen?.document.getSnapshot()?.room;
  return troubled && <ExportButton room={troubled} name={nameOf(troubled)} />;
}
