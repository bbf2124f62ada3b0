import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface PrivateWindowProps {
  readonly value: 'refuse' | 'keep';
  readonly strings: PopupStrings;
  readonly onChange: (value: 'refuse' | 'keep') => void;
}

/** A private window leaves no trace: keeping a page of it is the person's own word, for this page alone. */
export function PrivateWindow({ value, strings, onChange }: PrivateWindowProps) {
  return (
    <div className={css.note}>
      <p>{strings.privately.note}</p>
      <label className={css.take}>
        <input
          type="checkbox"
          required
          checked={value === 'keep'}
          onChange={({ target }) => onChange(target.checked ? 'keep' : 'refuse')}
        />
        {strings.privately.keep}
      </label>
    </div>
  );
}
