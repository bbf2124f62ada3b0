import { useEffect, useState } from 'react';
import { Button, RefusalNote, type ToldCode, useStrings } from '../kit/index.ts';
import css from './AccountForm.module.css';
import { accountStrings } from './account.strings.ts';
import { usePlatform } from './context.tsx';

interface ProviderWayProps {
  /** As the operator calls it. */
  readonly label: string;
  readonly link: string | null;
  readonly next: string | null;
}

/** The button of the server’s identity provider, the first of the ways in. */
export function ProviderWay({ label, link, next }: ProviderWayProps) {
  const t = useStrings(accountStrings);
  const { identity } = usePlatform();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  if (identity === null) return null;
  const start = async () => {
    setBusy(true);
    setRefusal(null);
    const outcome = await identity.start({ link, next });
    // When it is granted the page is being left: the button stays busy until it is.
    if (outcome.ok) return;
    setBusy(false);
    setRefusal(outcome.code);
  };
  return (
    <>
      {refusal && <RefusalNote code={refusal} />}
      <Button variant="primary" busy={busy} onPress={() => void start()}>
        {t('signInWith', { label })}
      </Button>
      <p className={css.or}>{t('orPassword')}</p>
    </>
  );
}

/** What the operator calls the identity provider; null where there is none, and until the server has said. */
export function useProviderLabel(): string | null {
  const { identity } = usePlatform();
  const [label, setLabel] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    void identity?.ways().then((ways) => {
      if (!left && ways.ok) setLabel(ways.value.identityProvider?.label ?? null);
    });
    return () => {
      left = true;
    };
  }, [identity]);
  return label;
}
