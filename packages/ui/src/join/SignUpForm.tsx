import { useState } from 'react';
import { Form } from 'react-aria-components';
import { accountStrings } from '../app/account.strings.ts';
import { usePlatform } from '../app/context.tsx';
import { Button, RefusalNote, TextField, type ToldCode, useStrings } from '../kit/index.ts';
import css from './Join.module.css';

/** As the server asks: `LinkSignUp`. */
const MIN_PASSWORD = 10;

interface SignUpFormProps {
  readonly link: string;
  /** No other way in stands before it. */
  readonly first: boolean;
  readonly onDone: () => void;
}

/** Opens an account with a link, and follows it. */
export function SignUpForm({ link, first, onDone }: SignUpFormProps) {
  const t = useStrings(accountStrings);
  const platform = usePlatform();
  const [password, setPassword] = useState('');
  const [short, setShort] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);

  const signUp = async (form: FormData) => {
    setShort(password.length < MIN_PASSWORD);
    if (password.length < MIN_PASSWORD) return;
    setBusy(true);
    setRefusal(null);
    const outcome = await platform.signUp(link, {
      name: String(form.get('name')).trim(),
      email: String(form.get('email')).trim(),
      password,
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
        void signUp(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label={t('name')}
        name="name"
        isRequired
        maxLength={120}
        autoComplete="name"
        className={css.field ?? ''}
      />
      <TextField
        label={t('email')}
        name="email"
        type="email"
        isRequired
        maxLength={200}
        autoComplete="username"
        className={css.field ?? ''}
      />
      <TextField
        label={t('passwordNew')}
        hint={t('passwordHint')}
        error={short ? t('passwordShort') : null}
        type="password"
        isRequired
        maxLength={200}
        autoComplete="new-password"
        value={password}
        onChange={(value) => {
          setPassword(value);
          setShort(false);
        }}
        className={css.field ?? ''}
      />
      {refusal && <RefusalNote code={refusal} here={{ 'already-exists': t('emailTaken') }} />}
      <Button type="submit" variant={first ? 'primary' : 'secondary'} busy={busy}>
        {t('createAccount')}
      </Button>
    </Form>
  );
}
