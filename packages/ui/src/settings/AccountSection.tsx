import { useState } from 'react';
import { usePlatform, useSession } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { SignInForm } from '../app/SignInForm.tsx';
import { Button, Link, TextField, useStrings } from '../kit/index.ts';
import { OwnIdentity } from './OwnIdentity.tsx';
import css from './Settings.module.css';
import { SignOutDialog } from './SignOutDialog.tsx';
import { settingsStrings } from './settings.strings.ts';

/** Who one is here: the person of this device, or an account of a server. */
export function AccountSection() {
  const t = useStrings(settingsStrings);
  const { server } = useSession();
  return (
    <section className={css.section}>
      <h2>{t('account')}</h2>
      {server ? <SignedIn server={server} /> : <Local />}
    </section>
  );
}

function Local() {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const { person } = useSession();
  const [name, setName] = useState(person.name);
  return (
    <>
      <p>{t('localAccount')}</p>
      <div className={css.form}>
        <TextField
          label={t('yourName')}
          hint={t('yourNameHint')}
          value={name}
          maxLength={120}
          autoComplete="name"
          onChange={setName}
          onBlur={() => {
            const kept = name.trim() || person.name;
            setName(kept);
            platform.renameLocalPerson(kept);
          }}
          className={css.field ?? ''}
        />
      </div>
      <h3>{t('signInTitle')}</h3>
      <SignInForm />
      <p>
        {t('joinByLink')} <Link href={paths.join}>{t('join')}</Link>
      </p>
    </>
  );
}

function SignedIn({ server }: { readonly server: NonNullable<ReturnType<typeof useSession>['server']> }) {
  const t = useStrings(settingsStrings);
  const { person } = useSession();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <div>
        <p>{t('signedInAs', { name: person.name, email: server.email })}</p>
        <p className={css.muted}>{t('onServer', { origin: server.origin })}</p>
      </div>
      {server.expired ? (
        <>
          <p>{t('expired')}</p>
          <SignInForm server={server.origin} email={server.email} />
        </>
      ) : (
        <>
          <p>
            <Link href={paths.devices}>{t('devices')}</Link>
          </p>
          <OwnIdentity />
        </>
      )}
      <div className={css.row}>
        <Button onPress={() => setLeaving(true)}>{t('signOut')}</Button>
        <Link href={paths.join}>{t('join')}</Link>
      </div>
      <SignOutDialog isOpen={leaving} onClose={() => setLeaving(false)} />
    </>
  );
}
