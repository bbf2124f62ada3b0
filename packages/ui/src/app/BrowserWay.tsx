import { type ReactNode, useState } from 'react';
import { Form } from 'react-aria-components';
import { Button, RefusalNote, type ToldCode, useSnapshot, useStrings } from '../kit/index.ts';
import css from './AccountForm.module.css';
import { accountStrings } from './account.strings.ts';
import type { BrowserSignInPort } from './platform.ts';

interface BrowserWayProps {
  readonly port: BrowserSignInPort;
  /** Of the server, as typed. */
  readonly address: string;
  /** Where it is typed, if it is. */
  readonly children?: ReactNode;
}

/** Signing in on the server’s page, in the browser: the button; then the code to compare, until the person has answered there. */
export function BrowserWay({ port, address, children }: BrowserWayProps) {
  const t = useStrings(accountStrings);
  const { waiting, ended } = useSnapshot(port.state);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const start = async () => {
    setBusy(true);
    setRefusal(null);
    port.cancel();
    const outcome = address.trim() === '' ? ({ ok: false, code: 'invalid-input' } as const) : await port.start(address);
    setBusy(false);
    if (!outcome.ok) setRefusal(outcome.code);
  };
  if (waiting)
    return (
      <div className={css.ways}>
        <p>{t('compareCode', { origin: waiting.server })}</p>
        <p className={css.code}>{waiting.code}</p>
        <p className={css.hint} role="status">
          {t('waitingAnswer')}
        </p>
        <div className={css.row}>
          <Button autoFocus onPress={port.openPage}>
            {t('openPage')}
          </Button>
          <Button variant="quiet" onPress={port.cancel}>
            {t('giveUp')}
          </Button>
        </div>
      </div>
    );
  const told = refusal ?? ended?.code ?? null;
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {children}
      {told && (
        <RefusalNote
          code={told}
          here={{
            'invalid-input': t('serverMissing'),
            cancelled: t('deviceRefused'),
            expired: t('codeExpired'),
            used: t('codeForgotten'),
          }}
        />
      )}
      <Button type="submit" variant="primary" busy={busy}>
        {t('signInBrowser')}
      </Button>
      <p className={css.hint}>{t('signInBrowserMore')}</p>
    </Form>
  );
}
