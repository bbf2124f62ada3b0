import { useState } from 'react';
import { usePlatform } from '../app/context.tsx';
import { parseLink } from '../app/link.ts';
import { usePage } from '../app/page.tsx';
import { Button, Screen, TextField, useStrings } from '../kit/index.ts';
import { Invited } from './Invited.tsx';
import css from './Join.module.css';
import { joinStrings } from './join.strings.ts';

/** Where an invitation or owner link leads: opened as an address on the web, pasted in the extension. */
export function JoinScreen() {
  const t = useStrings(joinStrings);
  const { kind } = usePlatform();
  usePage(t('title'));
  const [link, setLink] = useState(() => (kind === 'web' && parseLink(location.href) ? location.href : null));
  return (
    <Screen title={t('title')} width="reading">
      {link === null ? (
        <Paste onLink={setLink} />
      ) : (
        <Invited key={link} link={link} onOtherLink={() => setLink(null)} />
      )}
    </Screen>
  );
}

function Paste({ onLink }: { readonly onLink: (link: string) => void }) {
  const t = useStrings(joinStrings);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (parseLink(text)) onLink(text.trim());
        else setWrong(true);
      }}
    >
      <TextField
        label={t('paste')}
        hint={t('pasteHint')}
        error={wrong ? t('notALink') : null}
        value={text}
        onChange={(value) => {
          setText(value);
          setWrong(false);
        }}
        isRequired
        autoComplete="off"
        className={css.field ?? ''}
      />
      <Button type="submit" variant="primary">
        {t('read')}
      </Button>
    </form>
  );
}
