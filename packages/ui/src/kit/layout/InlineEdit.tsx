import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './InlineEdit.module.css';

interface InlineEditProps {
  value: string;
  /** What is edited, for those who do not see where it stands: *Titre du dossier*. */
  label: string;
  /** Called with the trimmed text when it is another one. Emptied text is not saved: the old one stays. */
  onSave: (text: string) => void;
  /** Opens at once: something just created and not yet named. */
  startEditing?: boolean;
  /** Hears that editing ended, saved or not. */
  onEnd?: () => void;
  maxLength?: number;
  /** Text only: this person may read. */
  isReadOnly?: boolean;
  className?: string;
}

/** A text renamed where it stands. Enter saves, Escape keeps the old one, leaving saves. */
export function InlineEdit({
  value,
  label,
  onSave,
  startEditing = false,
  onEnd,
  maxLength = 300,
  isReadOnly = false,
  className,
}: InlineEditProps) {
  const t = useStrings(kitStrings);
  const hint = useId();
  const [draft, setDraft] = useState<string | null>(startEditing && !isReadOnly ? value : null);
  const input = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // The field takes the focus when it opens, the text takes it back when a key closed it.
  const refocus = useRef(false);
  const editing = draft !== null;

  useEffect(() => {
    if (editing) {
      input.current?.focus();
      input.current?.select();
    } else if (refocus.current) button.current?.focus();
    refocus.current = false;
  }, [editing]);

  const end = (text: string | null, by: 'key' | 'blur') => {
    // Leaving also fires when a key removes the field.
    if (draft === null) return;
    refocus.current = by === 'key';
    setDraft(null);
    const next = text?.replace(/\s+/g, ' ').trim();
    if (next && next !== value) onSave(next);
    onEnd?.();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // An inspector or a dialog around it must not close on this Escape.
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? draft : null, 'key');
  };

  if (isReadOnly) return <span className={className}>{value}</span>;
  if (!editing) {
    return (
      <button
        ref={button}
        type="button"
        className={cx(css.text, className)}
        aria-label={t('rename', { name: value })}
        onClick={() => setDraft(value)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setDraft(value);
        }}
      >
        {value}
      </button>
    );
  }
  return (
    <>
      <textarea
        ref={input}
        rows={1}
        className={cx(css.text, css.field, className)}
        aria-label={label}
        aria-describedby={hint}
        maxLength={maxLength}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => end(draft, 'blur')}
      />
      <span id={hint} hidden>
        {t('renameHint')}
      </span>
    </>
  );
}
