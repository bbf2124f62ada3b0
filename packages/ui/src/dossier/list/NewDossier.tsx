import { type FormEvent, useState } from 'react';
import { Button, TextField, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useDossierActs } from '../teamActs.ts';
import css from './list.module.css';

/** Creates dossiers where they will stand. It stays open for the next one; Escape closes it. */
export function NewDossier({ onEnd }: { readonly onEnd: () => void }) {
  const t = useStrings(dossierStrings);
  const { create } = useDossierActs();
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = title.trim();
    if (wanted === '' || busy) return;
    setBusy(true);
    const id = await create(wanted);
    setBusy(false);
    if (id !== null) setTitle('');
  };

  return (
    <form
      className={css.create}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onEnd()}
    >
      <TextField
        label={t('newDossierTitle')}
        placeholder={t('newDossierExample')}
        value={title}
        onChange={setTitle}
        maxLength={300}
        autoFocus
        className={css.title ?? ''}
      />
      <Button variant="primary" type="submit" busy={busy}>
        {t('createDossier')}
      </Button>
      <Button variant="quiet" onPress={onEnd}>
        {t('cancel')}
      </Button>
    </form>
  );
}
