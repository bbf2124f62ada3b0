import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components';
import { cx } from '../cx.ts';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';
import type { Option } from './Options.tsx';
import css from './RadioGroup.module.css';

export interface RadioGroupProps<Id extends string> extends FieldProps {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  isDisabled?: boolean;
  isRequired?: boolean;
  className?: string;
}

/** One choice among two to five, all in sight. */
export function RadioGroup<Id extends string>({
  label,
  hideLabel,
  hint,
  error,
  options,
  onChange,
  className,
  ...props
}: RadioGroupProps<Id>) {
  return (
    <AriaRadioGroup
      {...props}
      isInvalid={error != null}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id);
        if (chosen) onChange(chosen.id);
      }}
      className={cx(fieldCss.field, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel ?? false} required={props.isRequired} hint={hint} error={error}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} isDisabled={option.disabled ?? false} className={css.radio ?? ''}>
            <span className={css.circle} />
            <span className={css.words}>
              {option.label}
              {option.detail !== undefined && <span className={css.detail}>{option.detail}</span>}
            </span>
          </Radio>
        ))}
      </FieldFrame>
    </AriaRadioGroup>
  );
}
