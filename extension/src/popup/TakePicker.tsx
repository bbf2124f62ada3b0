import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';
import type { Take } from './takes.ts';

interface TakePickerProps {
  readonly takes: readonly Take[];
  readonly value: Take;
  readonly strings: PopupStrings;
  readonly onChange: (take: Take) => void;
}

/** What to keep of the page. Nothing to ask where there is one answer. */
export function TakePicker({ takes, value, strings, onChange }: TakePickerProps) {
  if (takes.length < 2) return null;
  return (
    <fieldset className={css.takes}>
      <legend className={css.label}>{strings.keep}</legend>
      {takes.map((take) => (
        <label key={take} className={css.take}>
          <input type="radio" name="take" value={take} checked={take === value} onChange={() => onChange(take)} />
          {strings.takes[take]}
        </label>
      ))}
    </fieldset>
  );
}
