import type { AccountId } from '@liasse/core';
import type { Role } from '@liasse/core/protocol';
import { useState } from 'react';
import { useSetRole } from '../app/people.ts';
import { ConfirmDialog, Select, useRefusalText, useStrings, useToast } from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

interface MemberRoleProps {
  readonly accountId: AccountId;
  readonly name: string;
  readonly role: Role;
}

/** What an owner can do about a member: give another role, or take them out. It counts at once, everywhere. */
export function MemberRole({ accountId, name, role }: MemberRoleProps) {
  const t = useStrings(settingsStrings);
  const refusalText = useRefusalText();
  const setRole = useSetRole();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const give = async (given: Role | null) => {
    setBusy(true);
    const outcome = await setRole(accountId, given);
    setBusy(false);
    setAsking(false);
    if (!outcome.ok) toast.show({ message: outcome.code === 'conflict' ? t('lastOwner') : refusalText(outcome.code) });
    else if (given === null) toast.show({ message: t('takenOut', { name }) });
    else toast.show({ message: t('roleGiven', { name, role: t(given) }) });
  };
  const options = [
    ...(['owner', 'editor', 'reader'] as const).map((id) => ({ id, label: t(id) })),
    { id: 'out' as const, label: t('takeOut') },
  ];
  return (
    <>
      <Select
        label={t('roleOf', { name })}
        hideLabel
        className={css.memberRole ?? ''}
        options={options}
        value={role}
        isDisabled={busy}
        onChange={(chosen) => {
          if (chosen === 'out') setAsking(true);
          else if (chosen !== role) void give(chosen);
        }}
      />
      <ConfirmDialog
        danger
        title={t('takeOutTitle', { name })}
        confirmLabel={t('takeOutConfirm')}
        busy={busy}
        isOpen={isAsking}
        onConfirm={() => void give(null)}
        onCancel={() => setAsking(false)}
      >
        <p>{t('takeOutWhat')}</p>
      </ConfirmDialog>
    </>
  );
}
