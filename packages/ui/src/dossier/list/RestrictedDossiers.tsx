import { type DossierId, dayAt, dossierView } from '@liasse/core';
import { type RoomName, roomParts } from '@liasse/core/protocol';
import type { OpenDoc } from '@liasse/core/replica';
import { Lock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useReplica, useWorkspace } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { Icon, ListRow, useFormat, useSnapshot, useStrings } from '../../kit/index.ts';
import { accessStrings } from '../access/access.strings.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import css from './list.module.css';

/** The restricted dossiers that this person is named in, but for those that the register lists all the same. */
export function useRestrictedRooms(listed: ReadonlyMap<string, unknown>): readonly RoomName[] {
  const { team } = useWorkspace();
  return useSnapshot(useReplica().apart).flatMap(({ room }) => {
    const { kind, id, team: of } = roomParts(room);
    return kind === 'dossier' && of === team.id && id !== null && !listed.has(id) ? room : [];
  });
}

/** Restricted dossiers: the team’s register does not know them, each says its own title. */
export function RestrictedDossiers({ rooms }: { readonly rooms: readonly RoomName[] }) {
  const t = useStrings(accessStrings);
  return (
    <section aria-label={t('restrictedList')}>
      <h2 className={css.restricted}>{t('restrictedList')}</h2>
      <ul className={css.list}>
        {rooms.map((room) => (
          <RestrictedRow key={room} room={room} />
        ))}
      </ul>
    </section>
  );
}

function RestrictedRow({ room }: { readonly room: RoomName }) {
  const replica = useReplica();
  const [open, setOpen] = useState<OpenDoc | null>(null);
  useEffect(() => {
    const opened = replica.open(room);
    let isWanted = true;
    opened.loaded.then(
      () => isWanted && setOpen(opened),
      () => {},
    );
    return () => {
      isWanted = false;
      setOpen(null);
      opened.close();
    };
  }, [replica, room]);
  return open && <Row open={open} />;
}

function Row({ open }: { readonly open: OpenDoc }) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const state = useSnapshot(dossierView(open.doc));
  if (state.kind !== 'readable' || state.dossier.trashed !== null) return null;
  const { id, title, createdAt, createdBy } = state.dossier;
  return (
    <ListRow
      leading={<Icon icon={Lock} />}
      href={paths.dossier(id as DossierId)}
      title={title}
      meta={t('createdBy', { day: format.day(dayAt(createdAt)), who: who(createdBy) })}
    />
  );
}
