import { paths } from '../app/paths.ts';
import { ErrorNote, Link, Screen, useStrings } from '../kit/index.ts';
import { dossierStrings } from './dossier.strings.ts';

/** The document holds nothing yet: a colleague's dossier that has not been sent here. */
export function Absent() {
  const t = useStrings(dossierStrings);
  return (
    <Screen title={t('dossiers')}>
      <ErrorNote role="status" happened={t('absent')} safe={t('absentSafe')} actions={<ToList />} />
    </Screen>
  );
}

/** Its own facts cannot be read: nothing is shown that could be taken for the dossier. */
export function Unreadable() {
  const t = useStrings(dossierStrings);
  return (
    <Screen title={t('dossiers')}>
      <ErrorNote happened={t('unreadable')} safe={t('unreadableSafe')} actions={<ToList />} />
    </Screen>
  );
}

/** The address names no dossier at all. */
export function NoSuchDossier() {
  const t = useStrings(dossierStrings);
  return (
    <Screen title={t('dossiers')}>
      <ErrorNote role="status" happened={t('noSuchDossier')} actions={<ToList />} />
    </Screen>
  );
}

function ToList() {
  const t = useStrings(dossierStrings);
  return <Link href={paths.dossiers}>{t('allDossiers')}</Link>;
}
