import { useState } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { Button, RefusalNote, TextField, type ToldCode, useStrings, useToast } from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** Takes the local team on screen to the server that one is signed in to. */
export function PublishForm({ origin }: { readonly origin: string }) {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const { team } = useWorkspace();
  const toast = useToast();
  const [name, setName] = useState(team.name);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const publish = async () => {
    setBusy(true);
    const outcome = await platform.publishTeam(name.trim());
    setBusy(false);
    setRefusal(outcome.ok ? null : outcome.code);
    if (outcome.ok) toast.show({ message: t('publishBegun', { name: name.trim() }) });
  };
  return (
    <>
      <h3>{t('publish')}</h3>
      <p>{t('publishWhat', { origin })}</p>
      <p className={css.muted}>{t('publishKeeps')}</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void publish();
        }}
      >
        <TextField
          label={t('publishName')}
          value={name}
          onChange={setName}
          maxLength={120}
          isRequired
          autoComplete="off"
          className={css.field ?? ''}
        />
        {refusal && <RefusalNote code={refusal} here={{ 'already-exists': t('publishTaken') }} />}
        <Button type="submit" variant="primary" busy={busy}>
          {t('publishTeam')}
        </Button>
      </form>
    </>
  );
}
