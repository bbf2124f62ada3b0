import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button, RefusalNote, TextField, type ToldCode, useSnapshot, useStrings } from '../kit/index.ts';
import css from './AccountForm.module.css';
import { accountStrings } from './account.strings.ts';
import { usePlatform } from './context.tsx';
import { paths } from './paths.ts';
import { useGo } from './shell/go.ts';

interface SignInFormProps {
  /** The server, where it is known; the web app's is always its own. */
  readonly server?: string;
  readonly email?: string;
  /** Afterwards; Ma journée when absent. */
  readonly onDone?: () => void;
}

export function SignInForm({ server, email = '', onDone }: SignInFormProps) {
  const t = useStrings(accountStrings);
  const platform = usePlatform();
  const go = useGo();
  const fixed = useSnapshot(platform.fixedServer);
  const known = server ?? fixed ?? (platform.kind === 'web' ? location.origin : null);
  const [typed, setTyped] = useState('');
  const address = known ?? typed;
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);

  const signIn = async (form: FormData) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await platform.signIn(address, {
      email: String(form.get('email')),
      password: String(form.get('password')),
    });
    setBusy(false);
    if (!outcome.ok) setRefusal(outcome.code);
    else if (onDone) onDone();
    else go(paths.day);
  };
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void signIn(new FormData(event.currentTarget));
      }}
    >
      {known === null && (
        <TextField
          label={t('server')}
          hint={t('serverHint')}
          value={address}
          onChange={setTyped}
          isRequired
          inputMode="url"
          autoComplete="url"
          className={css.field ?? ''}
        />
      )}
      {fixed !== null && <p className={css.hint}>{t('fixedServer', { origin: fixed })}</p>}
      <TextField
        label={t('email')}
        name="email"
        type="email"
        defaultValue={email}
        isRequired
        autoComplete="username"
        className={css.field ?? ''}
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        isRequired
        autoComplete="current-password"
        className={css.field ?? ''}
      />
      {refusal && <RefusalNote code={refusal} here={{ 'invalid-input': t('wrongPassword') }} />}
      <Button type="submit" variant="primary" busy={busy}>
        {t('signIn')}
      </Button>
    </Form>
  );
}
