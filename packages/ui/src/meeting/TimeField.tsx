import { useId, useState } from 'react';
import styles from './TimeField.module.css';

interface TimeFieldProps {
  readonly label: string;
  /** `HH:MM`, or null when none is set. */
  readonly value: string | null;
  /** Called once a whole time is chosen, typed and left, or cleared: never for the steps between. */
  readonly onChange: (time: string | null) => void;
  readonly isDisabled?: boolean;
}

/** A time of day. The browser's own control, as for dates: each screen reader and each phone knows it. */
export function TimeField({ label, value, onChange, isDisabled = false }: TimeFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    const next = draft === '' ? null : draft;
    if (next !== value) onChange(next);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        className={styles.input}
        value={draft ?? value ?? ''}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </div>
  );
}
