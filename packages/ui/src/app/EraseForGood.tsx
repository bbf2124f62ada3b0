import type { RoomName } from '@liasse/core/protocol';
import { useState } from 'react';
import { Button, Dialog, fold, TextField, useRefusalText, useStrings, useToast } from '../kit/index.ts';
import { usePlatform, useReplica, useWorkspace } from './context.tsx';
import { eraseStrings } from './erase.strings.ts';

/** After this long in the trash, a thing is erased without its title being written out. */
const RETENTION_MS = 30 * 24 * 60 * 60_000;

interface EraseForGoodProps {
  readonly room: RoomName;
  readonly title: string;
  /** When it was put in the trash (ms). */
  readonly trashedAt: number;
  /** It is gone from the server: takes it out of the team's list. */
  readonly onErased: () => void;
}

/**
 * *Effacer*, for the owners of the team: in the trash, and nowhere else. What cannot be undone is asked about, and before the end of the
 * retention the title must be written out. Nothing in a team without a server, whose devices nobody else reaches.
 */
export function EraseForGood(props: EraseForGoodProps) {
  const t = useStrings(eraseStrings);
  const { team, local } = useWorkspace();
  const [asking, setAsking] = useState(false);
  if (local || team.role !== 'owner') return null;
  return (
    <>
      <Button size="compact" aria-label={t('eraseNamed', { title: props.title })} onPress={() => setAsking(true)}>
        {t('erase')}
      </Button>
      {asking && <Ask {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ room, title, trashedAt, onErased, onClose }: EraseForGoodProps & { readonly onClose: () => void }) {
  const t = useStrings(eraseStrings);
  const toast = useToast();
  const refusalText = useRefusalText();
  const { rooms, clock } = usePlatform();
  const replica = useReplica();
  const [written, setWritten] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const mustWrite = clock.now() - trashedAt < RETENTION_MS;
  const ready = !mustWrite || fold(written.trim()) === fold(title.trim());
  const erase = async () => {
    setBusy(true);
    const answer = await rooms.erase(room);
    setBusy(false);
    if (!answer.ok) {
      setRefusal(refusalText(answer.code));
      return;
    }
    onErased();
    // The feed says it to this device too, which then lets go of what it holds.
    void replica.follow();
    toast.show({ message: t('erased', { title }) });
    onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="danger" busy={busy} isDisabled={!ready} onPress={() => void erase()}>
            {t('doErase')}
          </Button>
        </>
      }
    >
      <p>{t('what', { title })}</p>
      <p>{t('unsent')}</p>
      {mustWrite && (
        <TextField label={t('type')} hint={title} value={written} onChange={setWritten} autoFocus autoComplete="off" />
      )}
      {refusal !== null && <p role="alert">{refusal}</p>}
    </Dialog>
  );
}
