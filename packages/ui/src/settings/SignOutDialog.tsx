import { useState } from 'react';
import { usePlatform, useReplica, useSession } from '../app/context.tsx';
import { Button, Dialog, RadioGroup, useSnapshot, useStrings, useToast } from '../kit/index.ts';
import { EraseLosses } from './EraseLosses.tsx';
import { settingsStrings } from './settings.strings.ts';

type Keep = 'keep' | 'erase';

/** Signing out, with what becomes of what this device holds: kept, as ever, or *Effacer cet appareil*. */
export function SignOutDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const { server } = useSession();
  const { unsent } = useSnapshot(useReplica().sync);
  const toast = useToast();
  const [choice, setChoice] = useState<Keep>('keep');
  const [busy, setBusy] = useState(false);
  const signOut = async () => {
    setBusy(true);
    const outcome = await platform.signOut({ erase: choice === 'keep' ? 'nothing' : 'device' });
    setBusy(false);
    onClose();
    const told = choice === 'keep' ? 'signedOut' : outcome.ok ? 'erased' : 'eraseFailed';
    toast.show({ message: t(told) });
  };
  return (
    <Dialog
      title={t('signOutTitle')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('stay')}</Button>
          <Button variant={choice === 'keep' ? 'primary' : 'danger'} busy={busy} onPress={() => void signOut()}>
            {t(choice === 'keep' ? 'signOut' : 'signOutErase')}
          </Button>
        </>
      }
    >
      <RadioGroup<Keep>
        label={t('whatIsHere')}
        options={[
          { id: 'keep', label: t('keepHere'), detail: t('signOutKeeps') },
          { id: 'erase', label: t('erase'), detail: t('eraseDetail') },
        ]}
        value={choice}
        onChange={setChoice}
      />
      {choice === 'keep' && unsent > 0 && <p>{t('signOutUnsent', { count: unsent })}</p>}
      {choice === 'erase' && server && <EraseLosses />}
    </Dialog>
  );
}
