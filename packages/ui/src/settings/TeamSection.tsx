import { colourOf } from '@liasse/core';
import { useState } from 'react';
import { usePlatform, useSession, useWorkspace } from '../app/context.tsx';
import { useMembersNow } from '../app/people.ts';
import { Avatar, Button, RefusalNote, TextField, type ToldCode, useStrings, useToast } from '../kit/index.ts';
import { InviteForm } from './InviteForm.tsx';
import { MemberRole } from './MemberRole.tsx';
import { PublishForm } from './PublishForm.tsx';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** The team on screen: who is in it, inviting, and another one. */
export function TeamSection() {
  const t = useStrings(settingsStrings);
  const { team, local, sample } = useWorkspace();
  const { server, publishing } = useSession();
  return (
    <section className={css.section}>
      <h2>{t('team', { name: team.name })}</h2>
      {local ? <p>{t(server && !sample ? 'teamLocalSignedIn' : 'teamLocal')}</p> : <Members />}
      {!local && publishing === team.id && <p role="status">{t('publishing')}</p>}
      {local && !sample && server && <PublishForm origin={server.origin} />}
      {!local && team.role === 'owner' && <InviteForm />}
      {server && <NewTeam />}
    </section>
  );
}

function Members() {
  const t = useStrings(settingsStrings);
  const { scope, team } = useWorkspace();
  const members = useMembersNow();
  return (
    <>
      <h3>{t('members')}</h3>
      <ul className={css.members}>
        {members.map(({ accountId, name, role }) => (
          <li key={accountId} className={css.member}>
            <Avatar person={{ name, colour: colourOf(accountId) }} size="small" decorative />
            <span>
              {name}
              {accountId === scope.account && ` (${t('you')})`}
            </span>
            {team.role === 'owner' ? (
              <MemberRole accountId={accountId} name={name} role={role} />
            ) : (
              <span className={css.role}>{t(role)}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function NewTeam() {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const toast = useToast();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const create = async () => {
    setBusy(true);
    const outcome = await platform.createTeam(name.trim());
    setBusy(false);
    setRefusal(outcome.ok ? null : outcome.code);
    if (!outcome.ok) return;
    toast.show({ message: t('teamCreated', { name: name.trim() }) });
    setName('');
  };
  return (
    <>
      <h3>{t('newTeam')}</h3>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void create();
        }}
      >
        <TextField
          label={t('newTeamName')}
          value={name}
          onChange={setName}
          maxLength={120}
          isRequired
          autoComplete="off"
          className={css.field ?? ''}
        />
        {refusal && <RefusalNote code={refusal} />}
        <Button type="submit" busy={busy}>
          {t('createTeam')}
        </Button>
      </form>
    </>
  );
}
