import { type CorrectedField, correctField, type FieldValue, type PieceId, secretsIn, valueNow } from '@liasse/core';
import { useState } from 'react';
import { useRun } from '../../app/room.tsx';
import { Button, Checkbox, Select, TextArea, TextField, useStrings } from '../../kit/index.ts';
import css from './form.module.css';
import { formStrings } from './form.strings.ts';

interface CorrectionFormProps {
  readonly pieceId: PieceId;
  readonly field: CorrectedField;
  readonly label: string;
  readonly onDone: () => void;
}

/** A value in the place of a captured one. Numbers that are never kept are refused before anything is written. */
export function CorrectionForm({ pieceId, field, label, onDone }: CorrectionFormProps) {
  const t = useStrings(formStrings);
  const run = useRun();
  const [value, setValue] = useState<FieldValue>(valueNow(field) ?? emptyOf(field));
  const [ticked, setTicked] = useState(false);
  const [refused, setRefused] = useState<'isNumber' | 'isCard' | null>(null);
  const asksTick = field.keeping === 'masked' || numberIn(value) === 'isNumber';

  const save = () => {
    const secret = numberIn(value);
    if (secret === 'isCard' || (!ticked && (secret !== null || field.keeping === 'masked'))) {
      setRefused(secret ?? 'isNumber');
      return;
    }
    if (run(correctField, { pieceId, field: field.id, value, ticked }).ok) onDone();
  };
  const change = (next: FieldValue) => {
    setValue(next);
    // A field that is said to be wrong lets no form go.
    setRefused(null);
  };
  const tick = (on: boolean) => {
    setTicked(on);
    setRefused(null);
  };
  const takeBack = () => {
    const before = field.correction?.value ?? null;
    const back = () => run(correctField, { pieceId, field: field.id, value: before, ticked: true });
    if (run(correctField, { pieceId, field: field.id, value: null }, { text: t('takenBack'), undo: back }).ok) onDone();
  };

  return (
    <form
      className={css.correction}
      aria-label={t('correct', { name: label })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ValueField field={field} label={t('newValue')} value={value} error={refused && t(refused)} onChange={change} />
      {asksTick && (
        <Checkbox isSelected={ticked} onChange={tick} detail={t('keepNumberHint')}>
          {t('keepNumber')}
        </Checkbox>
      )}
      <div className={css.actions}>
        <Button type="submit">{t('save')}</Button>
        <Button variant="quiet" onPress={onDone}>
          {t('cancel')}
        </Button>
        {field.correction !== null && (
          <Button variant="quiet" onPress={takeBack}>
            {t('takeBack')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface ValueFieldProps {
  readonly field: CorrectedField;
  readonly label: string;
  readonly value: FieldValue;
  readonly error: string | null;
  readonly onChange: (value: FieldValue) => void;
}

function ValueField({ field, label, value, error, onChange }: ValueFieldProps) {
  const t = useStrings(formStrings);
  const { control, options } = field;
  if (control === 'switch') {
    return (
      <Checkbox isSelected={value === true} onChange={onChange} autoFocus>
        {field.name.text === '' ? label : field.name.text}
      </Checkbox>
    );
  }
  if (control === 'choices' || Array.isArray(value)) {
    const chosen = new Set(Array.isArray(value) ? value : []);
    return (
      <fieldset className={css.choices}>
        <legend>{label}</legend>
        {options.map((option) => (
          <Checkbox
            key={option.value}
            isSelected={chosen.has(option.value)}
            onChange={(on) =>
              onChange(options.flatMap((one) => ((one === option ? on : chosen.has(one.value)) ? one.value : [])))
            }
          >
            {option.label || option.value}
          </Checkbox>
        ))}
      </fieldset>
    );
  }
  const text = typeof value === 'string' ? value : '';
  if ((control === 'choice' || control === 'radios') && options.length > 0 && field.optionsCut === 0) {
    return (
      <Select
        label={label}
        error={error}
        autoFocus
        value={text}
        options={options.map((option) => ({ id: option.value, label: option.label || option.value || t('empty') }))}
        onChange={onChange}
      />
    );
  }
  const Field = control === 'area' ? TextArea : TextField;
  return <Field label={label} value={text} error={error} onChange={onChange} maxLength={20_000} autoFocus />;
}

const emptyOf = ({ control }: CorrectedField): FieldValue =>
  control === 'switch' ? false : control === 'choices' || control === 'grid' ? [] : '';

/** What a value holds that is not kept without a word. */
function numberIn(value: FieldValue): 'isNumber' | 'isCard' | null {
  const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const kinds = texts.flatMap(secretsIn).map(({ kind }) => kind);
  return kinds.includes('card') ? 'isCard' : kinds.length > 0 ? 'isNumber' : null;
}
