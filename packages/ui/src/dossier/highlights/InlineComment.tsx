import { MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { Icon, useStrings } from '../../kit/index.ts';
import css from './highlights.module.css';
import { highlightStrings } from './highlights.strings.ts';
import { commentId, type Mark } from './marks.ts';

/** A comment after its passage: unfolded where the list of highlights stands beside, a disclosure where it does not. */
export function InlineComment({ mark: { id, comment, who } }: { readonly mark: Mark }) {
  const t = useStrings(highlightStrings);
  const [open, setOpen] = useState(false);
  return (
    <span className={css.inline}>
      <button type="button" className={css.disclosure} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon icon={MessageSquare} />
        {t('readComment', { who })}
      </button>
      <span id={commentId(id)} role="note" className={css.comment} data-open={open}>
        {comment}
      </span>
    </span>
  );
}
