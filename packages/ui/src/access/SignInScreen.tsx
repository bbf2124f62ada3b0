import { useEffect, useState } from 'react';
import { usePlatform, useSession } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import type { IdentityPort } from '../app/platform.ts';
import { SignInForm } from '../app/SignInForm.tsx';
import { useGo } from '../app/shell/go.ts';
import { Link, RefusalNote, Screen, Skeleton, type ToldCode, useStrings, useToast } from '../kit/index.ts';
import css from './access.module.css';
import { accessStrings } from './access.strings.ts';

/** Where one signs in, and where the identity provider sends the browser back to. */
export function SignInScreen() {
  const t = useStrings(accessStrings);
  const { identity } = usePlatform();
  usePage(t('signIn'));
  const [back] = useState(() => identity?.isBack() ?? false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  return (
    <Screen title={t('signIn')} width="reading">
      <div className={css.stack}>
        {identity !== null && back && refusal === null ? (
          <Finishing identity={identity} onRefused={setRefusal} />
        ) : (
          <Ways refusal={refusal} />
        )}
      </div>
    </Screen>
  );
}

function Finishing({
  identity,
  onRefused,
}: {
  readonly identity: IdentityPort;
  readonly onRefused: (code: ToldCode) => void;
}) {
  const t = useStrings(accessStrings);
  const go = useGo();
  const toast = useToast();
  useEffect(() => {
    let left = false;
    void identity.finish().then((outcome) => {
      if (left) return;
      if (!outcome.ok) {
        onRefused(outcome.code);
        return;
      }
      const { next, attached } = outcome.value;
      if (attached !== null) toast.show({ message: t('attached', { who: attached }) });
      go(next ?? (attached !== null ? paths.settings : paths.day), { replace: true });
    });
    return () => {
      left = true;
    };
  }, [identity, onRefused, go, toast, t]);
  return (
    <>
      <p role="status">{t('finishing')}</p>
      <Skeleton count={2} />
    </>
  );
}

function Ways({ refusal }: { readonly refusal: ToldCode | null }) {
  const t = useStrings(accessStrings);
  const { server } = useSession();
  const inside = server !== null && !server.expired;
  return (
    <>
      {refusal && (
        <RefusalNote
          code={refusal}
          here={{
            // Signed in, it was an identity to be joined to the account; otherwise a person to be let in.
            'already-exists': t(inside ? 'attachedTaken' : 'emailTaken'),
            cancelled: t('interrupted'),
          }}
        />
      )}
      {inside ? (
        <p>
          {t('signedInAs', { email: server.email })} <Link href={paths.day}>{t('goToDay')}</Link>
        </p>
      ) : (
        <SignInForm />
      )}
    </>
  );
}
