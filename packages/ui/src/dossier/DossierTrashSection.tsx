import { dayAt, forgetRegisteredDossier, trashedDossierRegisterView } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { FolderClosed } from 'lucide-react';
import { useWorkspace } from '../app/context.tsx';
import { EraseForGood } from '../app/EraseForGood.tsx';
import { useEditable, useRun } from '../app/room.tsx';
import { Button, Icon, ListRow, useFormat, useStrings, useView } from '../kit/index.ts';
import css from './dossier.module.css';
import { dossierStrings } from './dossier.strings.ts';
import { useWho } from './names.ts';
import { useDossierActs } from './teamActs.ts';

/** The dossiers in the trash; nothing when there is none. */
export default function DossierTrashSection() {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const { team } = useWorkspace();
  const editable = useEditable();
  const acts = useDossierActs();
  const run = useRun();
  const { items } = useView(trashedDossierRegisterView);
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={`trashed-dossiers-${team.id}`}>
      <h2 id={`trashed-dossiers-${team.id}`}>{t('dossiers')}</h2>
      <ul className={css.recent}>
        {items.map((entry) => (
          <ListRow
            key={entry.id}
            leading={<Icon icon={FolderClosed} />}
            title={entry.title}
            meta={
              entry.trashed && t('trashedBy', { day: format.day(dayAt(entry.trashed.at)), who: who(entry.trashed.by) })
            }
            actions={
              editable && (
                <>
                  <EraseForGood
                    room={dossierRoom(team.id, entry.id)}
                    title={entry.title}
                    trashedAt={entry.trashed?.at ?? 0}
                    onErased={() => run(forgetRegisteredDossier, { dossierId: entry.id })}
                  />
                  <Button
                    size="compact"
                    aria-label={t('restoreNamed', { title: entry.title })}
                    onPress={() => void acts.restore(entry)}
                  >
                    {t('restore')}
                  </Button>
                </>
              )
            }
          />
        ))}
      </ul>
    </section>
  );
}
