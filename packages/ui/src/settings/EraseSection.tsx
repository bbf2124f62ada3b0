import { useState } from 'react';
import { usePlatform, useReplica, useSession } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { Button, ConfirmDialog, useSnapshot, useStrings, useToast } from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** *Effacer cet appareil*: the one thing here that cannot be undone, so it asks, and says what would be lost. */
export function EraseSection() {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const { server, workspaces } = useSession();
  const { unsent } = useSnapshot(useReplica().sync);
  const toast = useToast();
  const go = useGo();
  const [asking, setAsking] = useState(false);
  const [erasing, setErasing] = useState(false);
  const local = workspaces.find((workspace) => workspace.local && !workspace.sample);

  const erase = async () => {
    setErasing(true);
    const outcome = await platform.signOut({ erase: 'device' });
    setErasing(false);
    setAsking(false);
    toast.show({ message: t(outcome.ok ? 'erased' : 'eraseFailed') });
    if (outcome.ok) go(paths.day);
  };
  return (
    <>
      <p className={css.muted}>{t('eraseDetail')}</p>
      <div>
        <Button variant="danger" onPress={() => setAsking(true)}>
          {t('erase')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('eraseTitle')}
        confirmLabel={t('erase')}
        danger
        busy={erasing}
        isOpen={asking}
        onConfirm={() => void erase()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('eraseWhat')}</p>
        {server && <p>{t('eraseServer')}</p>}
        {server && unsent > 0 && <p>{t('eraseUnsent', { count: unsent })}</p>}
        {local && <p>{t('eraseLocal', { name: local.team.name })}</p>}
      </ConfirmDialog>
    </>
  );
}
