import { Day } from '@liasse/core';
import { CircleAlert, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { useFormat } from '../language/format.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './DateField.module.css';
import frame from './Field.module.css';
import type { FieldProps } from './Field.tsx';

export interface DateFieldProps extends FieldProps {
  value: Day | null;
  /** Called once a whole date is chosen, typed and left, or cleared: never for the steps between. */
  onChange: (day: Day | null) => void;
  min?: Day;
  max?: Day;
  isDisabled?: boolean;
  isRequired?: boolean;
  autoFocus?: boolean;
  className?: string;
}

/**
 * A civil date. The browser's own control: it speaks the person's language, has the platform's calendar, and each
 * screen reader knows it.
 */
export function DateField({
  label,
  hideLabel = false,
  hint,
  error,
  value,
  onChange,
  min,
  max,
  isDisabled = false,
  isRequired = false,
  autoFocus = false,
  className,
}: DateFieldProps) {
  const t = useStrings(kitStrings);
  const format = useFormat();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  // Typing a date passes through others (the year 2026 is 2, 20, 202 on its way): those are kept here until it is left.
  const typing = useRef(false);

  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);

  const commit = (text: string) => {
    typing.current = false;
    setDraft(null);
    const parsed = Day.safeParse(text);
    const next = parsed.success ? parsed.data : null;
    if (next !== value && (next !== null || !isRequired)) onChange(next);
  };

  return (
    <div
      className={cx(frame.field, className)}
      {...(error != null && { 'data-invalid': true })}
      {...(isDisabled && { 'data-disabled': true })}
    >
      <label htmlFor={id} className={cx(frame.label, hideLabel && frame.hidden)}>
        {label}
        {isRequired && <span className={frame.required}> ({t('required')})</span>}
      </label>
      <div className={cx(frame.group, css.group)}>
        <input
          id={id}
          type="date"
          className={cx(frame.bare, css.input)}
          value={draft ?? value ?? ''}
          min={min}
          max={max}
          disabled={isDisabled}
          required={isRequired}
          ref={input}
          aria-invalid={error != null}
          aria-describedby={`${id}-hint ${id}-error`}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit(event.currentTarget.value);
            else if (event.key !== 'Tab') typing.current = true;
          }}
          onPointerDown={() => {
            typing.current = false;
          }}
          onChange={(event) => {
            if (typing.current) setDraft(event.target.value);
            else commit(event.target.value);
          }}
          onBlur={(event) => draft !== null && commit(event.target.value)}
        />
        {value !== null && !isRequired && !isDisabled && (
          <IconButton
            icon={X}
            label={t('clearDate')}
            size="compact"
            tooltip={false}
            onPress={() => commit('')}
            className={frame.inner ?? ''}
          />
        )}
      </div>
      {(hint !== undefined || value !== null) && (
        <span id={`${id}-hint`} className={frame.hint}>
          {/* A browser in another language writes 12/01 for the first of December: in words nobody is mistaken. */}
          {[value !== null && format.longDay(value), hint].filter(Boolean).join(' · ')}
        </span>
      )}
      {error != null && (
        <span id={`${id}-error`} className={frame.error}>
          <Icon icon={CircleAlert} />
          {error}
        </span>
      )}
    </div>
  );
}
