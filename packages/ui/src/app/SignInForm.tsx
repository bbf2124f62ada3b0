import { useState } from 'react';
import { Button, TextField, useSnapshot, useStrings } from '../kit/index.ts';
import css from './AccountForm.module.css';
import { accountStrings } from './account.strings.ts';
import { BrowserWay } from './BrowserWay.tsx';
import { usePlatform } from './context.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { ProviderWay, useProviderLabel } from './ProviderWay.tsx';
import { paths } from './paths.ts';
import type { BrowserSignInPort } from './platform.ts';
import { useGo } from './shell/go.ts';

interface SignInFormProps {
  /** The server, where it is known; the web app's is always its own. */
  readonly server?: string;
  readonly email?: string;
  /** The token of an invitation that is followed with it, where signing in can do both. */
  readonly link?: string;
  /** Where a sign-in that leaves this page goes on, as `paths` writes it. */
  readonly next?: string;
  /** Afterwards, when this page was not left; Ma journée when absent. */
  readonly onDone?: () => void;
}

/** The ways to sign in: the identity provider’s or the browser’s first, where there is one, and a password. */
export function SignInForm({ server, email = '', link, next, onDone }: SignInFormProps) {
  const platform = usePlatform();
  const go = useGo();
  const fixed = useSnapshot(platform.fixedServer);
  const known = server ?? fixed ?? (platform.kind === 'web' ? location.origin : null);
  const provider = useProviderLabel();
  const done = onDone ?? (() => go(paths.day));
  if (platform.browserSignIn)
    return <InTheBrowser port={platform.browserSignIn} known={known} email={email} onDone={done} />;
  return (
    <div className={css.ways}>
      {provider !== null && <ProviderWay label={provider} link={link ?? null} next={next ?? null} />}
      <PasswordForm server={known ?? ''} email={email} first={provider === null} onDone={done} />
    </div>
  );
}

interface InTheBrowserProps {
  readonly port: BrowserSignInPort;
  readonly known: string | null;
  readonly email: string;
  readonly onDone: () => void;
}

/** Of the extension: the server’s page first, so that no password is typed here; a password for who wants to. */
function InTheBrowser({ port, known, email, onDone }: InTheBrowserProps) {
  const t = useStrings(accountStrings);
  const fixed = useSnapshot(usePlatform().fixedServer);
  const { waiting } = useSnapshot(port.state);
  const [typed, setTyped] = useState('');
  const [byPassword, setByPassword] = useState(false);
  const address = known ?? typed;
  if (waiting) return <BrowserWay port={port} address={address} />;
  const where = (
    <>
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
    </>
  );
  return (
    <div className={css.ways}>
      {byPassword ? (
        <>
          {where}
          <PasswordForm server={address} email={email} first onDone={onDone} />
        </>
      ) : (
        <BrowserWay port={port} address={address}>
          {where}
        </BrowserWay>
      )}
      <Button variant="quiet" onPress={() => setByPassword(!byPassword)}>
        {t(byPassword ? 'signInBrowser' : 'usePassword')}
      </Button>
    </div>
  );
}
