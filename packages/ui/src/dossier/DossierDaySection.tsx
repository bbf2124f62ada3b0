import { dayAt, daysBetween, dossierRegisterView } from '@liasse/core';
import { FolderClosed } from 'lucide-react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { inTeam, paths } from '../app/paths.ts';
import { Icon, Link, ListRow, useFormat, useStrings, useView } from '../kit/index.ts';
import css from './dossier.module.css';
import { dossierStrings } from './dossier.strings.ts';
import { useWho } from './names.ts';

const RECENT_DAYS = 7;
const AT_MOST = 5;

/** The dossiers made in the last week, newest first; nothing when there is none. */
export default function DossierDaySection() {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const { team } = useWorkspace();
  const today = dayAt(usePlatform().clock.now());
  const recent = useView(dossierRegisterView)
    .items.filter(({ registered }) => daysBetween(dayAt(registered.at), today) < RECENT_DAYS)
    .sort((a, b) => b.registered.at - a.registered.at);
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby={`recent-${team.id}`}>
      <h2 id={`recent-${team.id}`}>{t('recent')}</h2>
      <ul className={css.recent}>
        {recent.slice(0, AT_MOST).map(({ id, title, registered }) => (
          <ListRow
            key={id}
            href={inTeam(team.id, paths.dossier(id))}
            leading={<Icon icon={FolderClosed} />}
            title={title}
            meta={t('createdBy', { day: format.day(dayAt(registered.at)), who: who(registered.by) })}
          />
        ))}
      </ul>
      <Link href={inTeam(team.id, paths.dossiers)}>{t('allDossiers')}</Link>
    </section>
  );
}
