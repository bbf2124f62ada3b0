import { ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, SelectValue } from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { PopoverFrame } from '../overlays/PopoverFrame.tsx';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';
import { type Option, OptionList } from './Options.tsx';
import css from './Select.module.css';

export interface SelectProps<Id extends string> extends FieldProps {
  options: readonly Option<Id>[];
  /** The chosen option, or null. */
  value: Id | null;
  onChange: (id: Id) => void;
  placeholder?: string;
  isDisabled?: boolean;
  isRequired?: boolean;
  autoFocus?: boolean;
  className?: string;
}

/** One choice among a few that are known. For many, or to type, `ComboBox`. */
export function Select<Id extends string>({
  label,
  hideLabel,
  hint,
  error,
  options,
  value,
  onChange,
  placeholder,
  className,
  ...props
}: SelectProps<Id>) {
  const t = useStrings(kitStrings);
  return (
    <AriaSelect
      {...props}
      {...(placeholder !== undefined && { placeholder })}
      isInvalid={error != null}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      className={cx(fieldCss.field, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel ?? false} required={props.isRequired} hint={hint} error={error}>
        <Button className={cx(fieldCss.input, css.button)}>
          <SelectValue className={css.value ?? ''}>
            {({ selectedText, defaultChildren, isPlaceholder }) => (isPlaceholder ? defaultChildren : selectedText)}
          </SelectValue>
          <Icon icon={ChevronDown} />
        </Button>
      </FieldFrame>
      <PopoverFrame width="trigger">
        <OptionList options={options} emptyText={t('noOption')} />
      </PopoverFrame>
    </AriaSelect>
  );
}
