import { dayAt } from '@liasse/core';
import type { Invitation, Role } from '@liasse/core/protocol';
import { useState } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import {
  Button,
  RadioGroup,
  RefusalNote,
  TextField,
  type ToldCode,
  useFormat,
  useStrings,
  useToast,
} from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** *Inviter*: a link for one person, with the role they will have. */
export function InviteForm() {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const { team } = useWorkspace();
  const [role, setRole] = useState<Role>('editor');
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Invitation | null>(null);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);

  const invite = async () => {
    setBusy(true);
    const outcome = await platform.invite(team.id, role);
    setBusy(false);
    setRefusal(outcome.ok ? null : outcome.code);
    setMade(outcome.ok ? outcome.value : null);
  };
  return (
    <>
      <h3>{t('invite')}</h3>
      <div className={css.form}>
        <RadioGroup
          label={t('inviteRole')}
          options={[
            { id: 'editor', label: t('editor'), detail: t('editorCan') },
            { id: 'reader', label: t('reader'), detail: t('readerCan') },
            { id: 'owner', label: t('owner'), detail: t('ownerCan') },
          ]}
          value={role}
          onChange={(chosen) => {
            setRole(chosen);
            // A link is for the role it was made with.
            setMade(null);
          }}
        />
        {refusal && <RefusalNote code={refusal} />}
        {made ? (
          <MadeLink invitation={made} />
        ) : (
          <Button busy={busy} onPress={() => void invite()}>
            {t('createLink')}
          </Button>
        )}
      </div>
    </>
  );
}

function MadeLink({ invitation: { url, expiresAt } }: { readonly invitation: Invitation }) {
  const t = useStrings(settingsStrings);
  const format = useFormat();
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      toast.show({ message: t('copied') });
    } catch {
      toast.show({ message: t('copyFailed') });
    }
  };
  return (
    <>
      <TextField
        label={t('inviteLink')}
        hint={t('inviteLinkHint', { date: format.longDay(dayAt(expiresAt)) })}
        value={url}
        isReadOnly
        autoFocus
        onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
        className={css.field ?? ''}
      />
      <Button variant="primary" onPress={() => void copy()}>
        {t('copy')}
      </Button>
    </>
  );
}
