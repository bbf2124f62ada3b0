import type { LinkPreview } from '@liasse/core/protocol';
import { useEffect, useState } from 'react';
import { usePlatform, useSession } from '../app/context.tsx';
import { parseLink } from '../app/link.ts';
import { ProviderWay, useProviderLabel } from '../app/ProviderWay.tsx';
import { paths } from '../app/paths.ts';
import type { Outcome } from '../app/platform.ts';
import { SignInForm } from '../app/SignInForm.tsx';
import { useGo } from '../app/shell/go.ts';
import { Button, RefusalNote, Skeleton, type ToldCode, useStrings, useToast } from '../kit/index.ts';
import css from './Join.module.css';
import { joinStrings } from './join.strings.ts';
import { SignUpForm } from './SignUpForm.tsx';

interface InvitedProps {
  readonly link: string;
  readonly onOtherLink: () => void;
}

/** What a link is for, before anyone signs in; then how to follow it. */
export function Invited({ link, onOtherLink }: InvitedProps) {
  const t = useStrings(joinStrings);
  const platform = usePlatform();
  const [preview, setPreview] = useState<Outcome<LinkPreview> | null>(null);
  const origin = parseLink(link)?.origin ?? '';

  useEffect(() => {
    let left = false;
    void platform.previewLink(link).then((outcome) => !left && setPreview(outcome));
    return () => {
      left = true;
    };
  }, [platform, link]);

  // The web app's session is a cookie of its own server: another server's link is followed over there.
  if (platform.kind === 'web' && origin !== location.origin)
    return (
      <div className={css.stack}>
        <p className={css.lead}>{t('otherServer', { origin })}</p>
        <Button variant="primary" onPress={() => platform.openAddress(link)}>
          {t('openThere')}
        </Button>
      </div>
    );
  if (preview === null) return <Skeleton count={3} />;
  if (!preview.ok)
    return <RefusalNote code={preview.code} actions={<Button onPress={onOtherLink}>{t('otherLink')}</Button>} />;
  return (
    <div className={css.stack}>
      <What preview={preview.value} origin={origin} />
      <Follow link={link} origin={origin} preview={preview.value} />
      <p className={css.muted}>{t('localStays')}</p>
    </div>
  );
}

const AS = { owner: 'asOwner', editor: 'asEditor', reader: 'asReader' } as const;

function What({ preview: { team }, origin }: { readonly preview: LinkPreview; readonly origin: string }) {
  const t = useStrings(joinStrings);
  if (team === null)
    return (
      <>
        <p className={css.lead}>{t('ownerLink', { origin })}</p>
        <p>{t('ownerLinkMore')}</p>
      </>
    );
  return (
    <>
      <p className={css.lead}>{t('invited', { who: team.invitedBy, team: team.name })}</p>
      <p>{t(AS[team.role])}</p>
    </>
  );
}

interface FollowProps {
  readonly link: string;
  readonly origin: string;
  readonly preview: LinkPreview;
}

function Follow({ link, origin, preview }: FollowProps) {
  const t = useStrings(joinStrings);
  const platform = usePlatform();
  const { server } = useSession();
  const go = useGo();
  const toast = useToast();
  const [known, setKnown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const provider = useProviderLabel();
  const token = parseLink(link)?.token;
  const here = server !== null && server.origin === origin && !server.expired;

  const arrive = () => {
    if (preview.team) toast.show({ message: t('joined') });
    // An owner without a team makes one first. The link's token leaves the address with it.
    go(preview.team ? paths.day : paths.settings, { replace: true });
  };
  const accept = async () => {
    setBusy(true);
    const outcome = await platform.acceptLink(link);
    setBusy(false);
    if (outcome.ok) arrive();
    else setRefusal(outcome.code);
  };

  if (here)
    return (
      <>
        <p>{t('acceptAs', { email: server.email })}</p>
        {refusal && <RefusalNote code={refusal} />}
        <Button variant="primary" busy={busy} onPress={() => void accept()}>
          {t(preview.team ? 'accept' : 'acceptOwner')}
        </Button>
      </>
    );
  return (
    <>
      <h2>{t(known ? 'haveAccount' : 'newAccount')}</h2>
      {known ? (
        <SignInForm server={origin} onDone={() => void accept()} {...(token !== undefined && { link: token })} />
      ) : (
        <>
          {provider !== null && <ProviderWay label={provider} link={token ?? null} next={null} />}
          <SignUpForm link={link} first={provider === null} onDone={arrive} />
        </>
      )}
      {refusal && <RefusalNote code={refusal} />}
      <Button variant="quiet" onPress={() => setKnown(!known)}>
        {t(known ? 'noAccount' : 'haveAccount')}
      </Button>
      {platform.browserSignIn && (
        <Button variant="quiet" onPress={() => platform.openAddress(link)}>
          {t('openInBrowser')}
        </Button>
      )}
    </>
  );
}
