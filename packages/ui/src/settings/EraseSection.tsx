import { useState } from 'react';
import { usePlatform } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { Button, ConfirmDialog, useStrings, useToast } from '../kit/index.ts';
import { EraseLosses } from './EraseLosses.tsx';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** *Effacer cet appareil*: the one thing here that cannot be undone, so it asks, and says what would be lost. */
export function EraseSection() {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const toast = useToast();
  const go = useGo();
  const [asking, setAsking] = useState(false);
  const [erasing, setErasing] = useState(false);

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
        <EraseLosses />
      </ConfirmDialog>
    </>
  );
}
