import type { OwnIdentity as Own } from '@liasse/core/protocol';
import { useEffect, useState } from 'react';
import { usePlatform } from '../app/context.tsx';
import { useProviderLabel } from '../app/ProviderWay.tsx';
import type { IdentityPort, Outcome } from '../app/platform.ts';
import { Button, RefusalNote, type ToldCode, useStrings, useToast } from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** Opening this account with one’s identity at the server’s identity provider, where there is one. */
export function OwnIdentity() {
  const { identity } = usePlatform();
  const label = useProviderLabel();
  return identity && label !== null && <AtProvider identity={identity} label={label} />;
}

function AtProvider({ identity, label }: { readonly identity: IdentityPort; readonly label: string }) {
  const t = useStrings(settingsStrings);
  const toast = useToast();
  const [own, setOwn] = useState<Own | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  useEffect(() => {
    let left = false;
    void identity.own().then((outcome) => {
      if (!left && outcome.ok) setOwn(outcome.value);
    });
    return () => {
      left = true;
    };
  }, [identity]);

  const run = async (act: () => Promise<Outcome<null>>): Promise<boolean> => {
    setBusy(true);
    setRefusal(null);
    const outcome = await act();
    if (!outcome.ok) setRefusal(outcome.code);
    return outcome.ok;
  };
  const attach = async () => {
    // When it is granted the page is being left: the button stays busy until it is.
    if (!(await run(() => identity.start({ purpose: 'attach' })))) setBusy(false);
  };
  const detach = async () => {
    const done = await run(identity.detach);
    setBusy(false);
    if (!done) return;
    setOwn({ attached: false, removable: true });
    toast.show({ message: t('detached', { label }) });
  };
  if (own === null) return null;
  return (
    <>
      <p className={css.muted}>{t(own.attached ? 'attachedWhat' : 'attachWhat', { label })}</p>
      {refusal && <RefusalNote code={refusal} />}
      {!own.attached && (
        <div>
          <Button busy={busy} onPress={() => void attach()}>
            {t('attach', { label })}
          </Button>
        </div>
      )}
      {own.attached && own.removable && (
        <div>
          <Button busy={busy} onPress={() => void detach()}>
            {t('detach', { label })}
          </Button>
        </div>
      )}
    </>
  );
}
