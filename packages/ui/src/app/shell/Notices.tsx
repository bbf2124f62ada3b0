import { useState } from 'react';
import { Button } from '../../kit/controls/Button.tsx';
import { useToast } from '../../kit/feedback/ToastRegion.tsx';
import { useStrings } from '../../kit/language/strings.ts';
import { useSnapshot } from '../../kit/useView.ts';
import { appStrings } from '../app.strings.ts';
import { usePlatform, useSession, useWorkspace } from '../context.tsx';
import { paths } from '../paths.ts';
import type { UpdatePort } from '../platform.ts';
import { useGo } from './go.ts';
import css from './Notices.module.css';

/** What holds for every screen until something is done about it. */
export function Notices() {
  const { update } = usePlatform();
  const { server } = useSession();
  const { sample } = useWorkspace();
  return (
    <>
      {update && <Update update={update} />}
      {server?.expired && <Expired />}
      {sample && <Sample />}
    </>
  );
}

function Update({ update }: { readonly update: UpdatePort }) {
  const t = useStrings(appStrings);
  const ready = useSnapshot(update.ready);
  return (
    <div role="status">
      {ready && (
        <p className={css.notice}>
          {t('newVersion')}
          <Button size="compact" variant="quiet" onPress={update.reload}>
            {t('reload')}
          </Button>
        </p>
      )}
    </div>
  );
}

function Expired() {
  const t = useStrings(appStrings);
  const go = useGo();
  return (
    <p className={css.notice}>
      {t('sessionExpired')}
      <Button size="compact" variant="quiet" onPress={() => go(paths.settings)}>
        {t('signInAgain')}
      </Button>
    </p>
  );
}

function Sample() {
  const t = useStrings(appStrings);
  const platform = usePlatform();
  const toast = useToast();
  const go = useGo();
  const [leaving, setLeaving] = useState(false);
  const remove = async () => {
    setLeaving(true);
    // The screen lets go of the sample's documents before they are erased.
    go(paths.day);
    await platform.removeSample();
    toast.show({ message: t('sampleRemoved') });
  };
  return (
    <p className={css.notice}>
      {t('sampleBanner')}
      <Button size="compact" variant="quiet" busy={leaving} onPress={() => void remove()}>
        {t('removeSample')}
      </Button>
    </p>
  );
}
