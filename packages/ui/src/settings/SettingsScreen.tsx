import { useWorkspace } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { Link, Screen, useStrings } from '../kit/index.ts';
import { AccountSection } from './AccountSection.tsx';
import { DisplaySection } from './DisplaySection.tsx';
import { EraseSection } from './EraseSection.tsx';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';
import { TeamSection } from './TeamSection.tsx';

/** Réglages: of this device, this person, and the team on screen. */
export function SettingsScreen() {
  const t = useStrings(settingsStrings);
  const { team } = useWorkspace();
  return (
    <Screen title={t('title')} width="reading">
      <div className={css.sections}>
        <DisplaySection />
        <AccountSection />
        <TeamSection key={team.id} />
        <section className={css.section}>
          <h2>{t('data')}</h2>
          <p>
            <Link href={paths.stored}>{t('stored')}</Link>
          </p>
          <EraseSection />
        </section>
      </div>
    </Screen>
  );
}
