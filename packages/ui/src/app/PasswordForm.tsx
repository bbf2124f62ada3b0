import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button, RefusalNote, TextField, type ToldCode, useStrings } from '../kit/index.ts';
import css from './AccountForm.module.css';
import { accountStrings } from './account.strings.ts';
import { usePlatform } from './context.tsx';

interface PasswordFormProps {
  readonly server: string;
  readonly email: string;
  /** No other way in stands before it. */
  readonly first: boolean;
  readonly onDone: () => void;
}

/** Signing in by an e-mail address and a password. */
export function PasswordForm({ server, email, first, onDone }: PasswordFormProps) {
  const t = useStrings(accountStrings);
  const platform = usePlatform();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);

  const signIn = async (form: FormData) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await platform.signIn(server, {
      email: String(form.get('email')),
      password: String(form.get('password')),
    });
    setBusy(false);
    if (outcome.ok) onDone();
    else setRefusal(outcome.code);
  };
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void signIn(new FormData(event.currentTarget));
      }}
    >
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
      <Button type="submit" variant={first ? 'primary' : 'secondary'} busy={busy}>
        {t('signIn')}
      </Button>
    </Form>
  );
}
