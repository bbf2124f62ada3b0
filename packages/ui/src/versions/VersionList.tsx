import type { RoomVersion } from '@liasse/core/protocol';
import { Link, useFormat, useStrings } from '../kit/index.ts';
import { versionDays } from './versionDays.ts';
import css from './versions.module.css';
import { versionsStrings } from './versions.strings.ts';

interface VersionListProps {
  /** Oldest first. */
  readonly versions: readonly RoomVersion[];
  readonly chosen: number | null;
  /** Of this screen. */
  readonly path: string;
}

/** The versions, newest first, day by day, each with who wrote in that sitting. */
export function VersionList({ versions, chosen, path }: VersionListProps) {
  const t = useStrings(versionsStrings);
  const format = useFormat();
  return (
    <nav aria-label={t('list')} className={css.list}>
      {versionDays(versions).map(({ day, versions: ofDay }) => (
        <section key={`${day} ${ofDay[0]?.seq}`}>
          <h2 className={css.day}>{format.longDay(day)}</h2>
          <ol className={css.sittings}>
            {ofDay.map((version) => (
              <li key={version.seq} className={css.sitting}>
                <Link
                  href={`${path}?version=${version.seq}`}
                  variant="quiet"
                  className={css.link ?? ''}
                  {...(version.seq === chosen && { 'aria-current': 'true' as const })}
                >
                  <time className={css.time} dateTime={new Date(version.at).toISOString()}>
                    {format.time(version.at)}
                  </time>
                  <span>{t('by', { names: namesOf(version, t('nobody')) })}</span>
                </Link>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </nav>
  );
}

function namesOf({ people }: RoomVersion, nobody: string): string {
  const names = people.map(({ name }) => name || nobody);
  return names.length === 0 ? nobody : [...new Set(names)].join(', ');
}
