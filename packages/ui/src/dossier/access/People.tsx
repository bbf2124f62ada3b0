import { type AccountId, colourOf } from '@liasse/core';
import type { Role, RoomName, RoomPeople } from '@liasse/core/protocol';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { usePlatform, useWorkspace } from '../../app/context.tsx';
import { useMembersNow } from '../../app/people.ts';
import { Avatar, IconButton, Select, type ToldCode, useStrings } from '../../kit/index.ts';
import css from './access.module.css';
import { accessStrings } from './access.strings.ts';

interface PeopleProps {
  readonly room: RoomName;
  readonly people: RoomPeople['people'];
  readonly isOwner: boolean;
  readonly onChanged: () => Promise<void>;
  readonly onRefused: (code: ToldCode) => void;
}

/** The people of a restricted dossier; its owners change their roles, remove them and add others of the team. */
export function People({ room, people, isOwner, onChanged, onRefused }: PeopleProps) {
  const t = useStrings(accessStrings);
  const platform = usePlatform();
  const { scope } = useWorkspace();
  // Who has just joined is not in what this device heard a minute ago, and may be who is to be named.
  const members = useMembersNow();
  const [busy, setBusy] = useState(false);
  const set = async (account: AccountId, role: Role | null) => {
    setBusy(true);
    const answer = await platform.access.setPerson(room, account, role);
    if (answer.ok) await onChanged();
    else onRefused(answer.code);
    setBusy(false);
  };
  const roles = (['owner', 'editor', 'reader'] as const).map((id) => ({
    id,
    label: t(id),
    detail: t(`${id}Can`),
  }));
  const others = members.filter(({ accountId }) => !people.some((person) => person.accountId === accountId));

  return (
    <>
      <ul className={css.people}>
        {people.map(({ accountId, name, role }) => (
          <li key={accountId} className={css.person}>
            <Avatar person={{ name, colour: colourOf(accountId) }} size="small" decorative />
            <span className={css.name}>
              {name}
              {accountId === scope.account && ` (${t('you')})`}
            </span>
            {isOwner ? (
              <>
                <Select
                  label={t('roleOf', { name })}
                  hideLabel
                  options={roles}
                  value={role}
                  onChange={(chosen) => void set(accountId, chosen)}
                  isDisabled={busy}
                  className={css.role ?? ''}
                />
                <IconButton icon={UserMinus} label={t('remove', { name })} onPress={() => void set(accountId, null)} />
              </>
            ) : (
              <span className={css.muted}>{t(role)}</span>
            )}
          </li>
        ))}
      </ul>
      {isOwner && others.length > 0 && (
        <Select
          label={t('add')}
          placeholder={t('addPlaceholder')}
          options={others.map(({ accountId, name }) => ({ id: accountId as string, label: name }))}
          value={null}
          onChange={(id) => void set(id as AccountId, 'editor')}
          isDisabled={busy}
        />
      )}
    </>
  );
}
