import { type Dossier, restrictDossierEverywhere } from '@liasse/core';
import { dossierRoom, type RoomPeople } from '@liasse/core/protocol';
import { useCallback, useEffect, useState } from 'react';
import { usePlatform, useReplica, useWorkspace } from '../../app/context.tsx';
import { Button, Dialog, RefusalNote, type ToldCode, useStrings, useToast } from '../../kit/index.ts';
import { useTeamAct } from '../teamActs.ts';
import css from './access.module.css';
import { accessStrings } from './access.strings.ts';
import { People } from './People.tsx';

interface AccessDialogProps {
  readonly dossier: Dossier;
  readonly onClose: () => void;
}

/** Who may open a dossier: the whole team, or named people. */
export function AccessDialog({ dossier, onClose }: AccessDialogProps) {
  const t = useStrings(accessStrings);
  const platform = usePlatform();
  const replica = useReplica();
  const { team, scope } = useWorkspace();
  const act = useTeamAct();
  const toast = useToast();
  const room = dossierRoom(team.id, dossier.id);
  const [known, setKnown] = useState<RoomPeople | null>(null);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const [busy, setBusy] = useState(false);

  const look = useCallback(async () => {
    const answer = await platform.access.people(room);
    if (answer.ok) setKnown(answer.value);
    setRefusal(answer.ok ? null : answer.code);
  }, [platform, room]);
  useEffect(() => void look(), [look]);

  /** On the server first, which alone keeps others out; then in the documents, which every device of its people reads. */
  const set = async (restricted: boolean) => {
    setBusy(true);
    const answer = await (restricted ? platform.access.restrict(room) : platform.access.open(room));
    if (answer.ok) {
      await act((docs) => restrictDossierEverywhere(docs, { dossierId: dossier.id, restricted }));
      void replica.follow();
      toast.show({ message: t(restricted ? 'toastRestricted' : 'toastOpened', { title: dossier.title }) });
      await look();
    } else {
      setRefusal(answer.code);
    }
    setBusy(false);
  };
  const isRestricted = known?.restricted ?? dossier.restricted;
  const isOwner = known?.people.some(({ accountId, role }) => accountId === scope.account && role === 'owner') ?? false;

  return (
    <Dialog
      title={t('access')}
      isOpen
      onClose={onClose}
      actions={
        <>
          {isRestricted && isOwner && (
            <Button busy={busy} onPress={() => void set(false)}>
              {t('reopen')}
            </Button>
          )}
          <Button onPress={onClose}>{t('close')}</Button>
          {known !== null && !isRestricted && (
            <Button variant="primary" busy={busy} onPress={() => void set(true)}>
              {t('restrict')}
            </Button>
          )}
        </>
      }
    >
      <div className={css.body}>
        {refusal && <RefusalNote code={refusal} here={{ offline: t('needsServer'), conflict: t('lastOwner') }} />}
        {isRestricted ? (
          <>
            <p>{t('onlyThese')}</p>
            {known && (
              <People room={room} people={known.people} isOwner={isOwner} onChanged={look} onRefused={setRefusal} />
            )}
            <p className={css.muted}>{t(isOwner ? 'reopenWhat' : 'notYours')}</p>
          </>
        ) : (
          <>
            <p>{t('everybody')}</p>
            <p>{t('whatRestricting')}</p>
            <p className={css.muted}>{t('whatStays')}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}
