import type { DeviceAsking } from '@liasse/core/protocol';
import { type FormEvent, useEffect, useState } from 'react';
import { usePlatform, useSession } from '../app/context.tsx';
import { useDeviceName } from '../app/deviceName.ts';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import { SignInForm } from '../app/SignInForm.tsx';
import {
  Button,
  Link,
  RefusalNote,
  Screen,
  Skeleton,
  TextField,
  type ToldCode,
  useFormat,
  useStrings,
} from '../kit/index.ts';
import css from './access.module.css';
import { accessStrings } from './access.strings.ts';

/** The code that the page was opened with. It stands in the fragment: no server and no log sees it. */
const codeInAddress = (): string => decodeURIComponent(location.hash.slice(1)).replace(/[^A-Za-z-]/g, '');

/** Where a person lets a device into their account: what asks, since when, under which code; yes or no. */
export function LetInScreen() {
  const t = useStrings(accessStrings);
  const { kind } = usePlatform();
  const { server } = useSession();
  usePage(t('letIn'));
  const [code, setCode] = useState(() => (kind === 'web' ? codeInAddress() : ''));
  const inside = server !== null && !server.expired;
  return (
    <Screen title={t('letIn')} width="reading">
      <div className={css.stack}>
        {!inside && (
          <>
            <p>{t('signInFirst')}</p>
            {/* Signed in, this page shows what asks by itself. */}
            <SignInForm next={`${paths.letIn}${code && `#${code}`}`} onDone={() => {}} />
          </>
        )}
        {inside && code === '' && <TypeCode onCode={setCode} />}
        {inside && code !== '' && (
          <Asking key={code} code={code} email={server.email} onOtherCode={() => setCode('')} />
        )}
      </div>
    </Screen>
  );
}

function TypeCode({ onCode }: { readonly onCode: (code: string) => void }) {
  const t = useStrings(accessStrings);
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') onCode(typed.trim());
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <TextField
        label={t('typeCode')}
        hint={t('typeCodeHint')}
        value={typed}
        onChange={setTyped}
        maxLength={20}
        isRequired
        autoComplete="off"
        className={css.field ?? ''}
      />
      <Button type="submit" variant="primary">
        {t('findDevice')}
      </Button>
    </form>
  );
}

/** The button that was pressed is gone: what it did is read next. */
const focusOn = (element: HTMLElement | null) => element?.focus();

interface AskingProps {
  readonly code: string;
  readonly email: string;
  readonly onOtherCode: () => void;
}

function Asking({ code, email, onOtherCode }: AskingProps) {
  const t = useStrings(accessStrings);
  const { devices } = usePlatform();
  const [asking, setAsking] = useState<DeviceAsking | null>(null);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const [busy, setBusy] = useState<'allow' | 'refuse' | null>(null);
  const [answered, setAnswered] = useState<'allow' | 'refuse' | null>(null);

  useEffect(() => {
    let left = false;
    void devices.look(code).then((outcome) => {
      if (left) return;
      if (outcome.ok) setAsking(outcome.value);
      else setRefusal(outcome.code);
    });
    return () => {
      left = true;
    };
  }, [devices, code]);

  const answer = async (said: 'allow' | 'refuse') => {
    setBusy(said);
    const outcome = await devices.answer(code, said);
    setBusy(null);
    if (outcome.ok) setAnswered(said);
    else setRefusal(outcome.code);
  };
  if (refusal)
    return (
      <RefusalNote
        code={refusal}
        here={{ 'not-found': t('codeUnknown'), expired: t('codeExpired'), used: t('codeUsed') }}
        actions={<Button onPress={onOtherCode}>{t('otherCode')}</Button>}
      />
    );
  if (answered)
    return (
      <>
        <p role="status" tabIndex={-1} ref={focusOn}>
          {t(answered === 'allow' ? 'allowed' : 'refused')}
        </p>
        <p>
          <Link href={paths.devices}>{t('seeDevices')}</Link>
        </p>
      </>
    );
  if (asking === null) return <Skeleton count={4} />;
  return (
    <>
      <p className={css.lead}>{t('asks')}</p>
      <Facts asking={asking} code={code} email={email} />
      <p>{t('beware')}</p>
      <div className={css.row}>
        <Button variant="primary" busy={busy === 'allow'} onPress={() => void answer('allow')}>
          {t('allow')}
        </Button>
        <Button busy={busy === 'refuse'} onPress={() => void answer('refuse')}>
          {t('refuse')}
        </Button>
      </div>
    </>
  );
}

function Facts({
  asking,
  code,
  email,
}: {
  readonly asking: DeviceAsking;
  readonly code: string;
  readonly email: string;
}) {
  const t = useStrings(accessStrings);
  const format = useFormat();
  const nameOf = useDeviceName();
  const letters = code.toUpperCase().replace(/[^A-Z]/g, '');
  const facts = [
    [t('device'), nameOf(asking.device)],
    [t('askedAt'), format.dayTime(asking.askedAt)],
    [t('yourAccount'), email],
  ] as const;
  return (
    <dl className={css.facts}>
      <div>
        <dt>{t('code')}</dt>
        <dd className={css.code}>{`${letters.slice(0, 4)}-${letters.slice(4)}`}</dd>
      </div>
      {facts.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
