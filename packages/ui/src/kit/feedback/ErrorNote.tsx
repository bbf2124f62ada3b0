import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { kitStrings } from '../language/kit.strings.ts';
import { type ToldCode, useRefusalText } from '../language/refusalText.ts';
import { useStrings } from '../language/strings.ts';
import css from './ErrorNote.module.css';

interface ErrorNoteProps {
  /** What happened. */
  happened: string;
  /** What is safe. */
  safe?: string;
  /** What to do. */
  todo?: string;
  /** Shown behind *Détails*, for whoever helps. */
  code?: string;
  /** Buttons. */
  actions?: ReactNode;
  /** `status` where it was there already when the screen opened. */
  role?: 'alert' | 'status';
}

/** An error in words: what happened, what is safe, what to do; the code behind *Détails*. */
export function ErrorNote({ happened, safe, todo, code, actions, role = 'alert' }: ErrorNoteProps) {
  const t = useStrings(kitStrings);
  return (
    <div role={role} className={css.note}>
      <Icon icon={CircleAlert} size={20} className={css.icon ?? ''} />
      <div className={css.words}>
        <p className={css.happened}>{happened}</p>
        {safe !== undefined && <p>{safe}</p>}
        {todo !== undefined && <p>{todo}</p>}
        {code !== undefined && (
          <details className={css.details}>
            <summary>{t('details')}</summary>
            <code>{code}</code>
          </details>
        )}
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </div>
    </div>
  );
}

interface RefusalNoteProps {
  code: ToldCode;
  /** What a code means here, where more is known than anywhere: whole sentences. */
  here?: Partial<Record<ToldCode, string>>;
  actions?: ReactNode;
}

/** The note of a refusal, from its code. */
export function RefusalNote({ code, here, actions }: RefusalNoteProps) {
  const text = useRefusalText();
  const told = here?.[code] ?? text(code);
  // A refusal's text is whole sentences: the first says what happened.
  const [happened = told, ...rest] = told.split(/(?<=\.) /);
  return (
    <ErrorNote happened={happened} {...(rest.length > 0 && { todo: rest.join(' ') })} code={code} actions={actions} />
  );
}
