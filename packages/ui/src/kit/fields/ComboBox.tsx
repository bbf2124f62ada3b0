import { ChevronDown } from 'lucide-react';
import { type Ref, useMemo, useState } from 'react';
import { ComboBox as AriaComboBox, Group } from 'react-aria-components';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { fold, matches } from '../fold.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { PopoverFrame } from '../overlays/PopoverFrame.tsx';
import { ComboInput } from './ComboInput.tsx';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';
import { type Option, OptionList } from './Options.tsx';

export interface ComboBoxProps<Id extends string> extends FieldProps {
  options: readonly Option<Id>[];
  /** The chosen option, or null. */
  value: Id | null;
  onChange: (id: Id | null) => void;
  /** Offers to create what was typed when no option has that name. */
  onCreate?: (name: string) => void;
  placeholder?: string;
  isDisabled?: boolean;
  isRequired?: boolean;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}

const CREATE = ' create';

/** One choice among many, found by typing: accents and case do not count. */
export function ComboBox<Id extends string>({
  label,
  hideLabel,
  hint,
  error,
  options,
  value,
  onChange,
  onCreate,
  placeholder,
  inputRef,
  className,
  ...props
}: ComboBoxProps<Id>) {
  const t = useStrings(kitStrings);
  const chosen = options.find((option) => option.id === value)?.label ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [created, setCreated] = useState(0);
  const text = typed ?? chosen;
  const shown = useMemo((): readonly Option[] => {
    const name = text.trim();
    // Opened without typing, it shows everything, not only what is already chosen.
    if (typed === null || name === '') return options;
    const found: readonly Option[] = options.filter((option) => matches(option.label, name));
    const exists = options.some((option) => fold(option.label) === fold(name));
    if (!onCreate || exists) return found;
    return [...found, { id: CREATE, label: t('create', { name }) }];
  }, [options, text, typed, onCreate, t]);

  const choose = (key: unknown) => {
    setTyped(null);
    if (key === CREATE) {
      setCreated((count) => count + 1);
      onCreate?.(text.trim());
      return;
    }
    // Leaving the field says again what was chosen before: that is no change.
    const id = options.find((option) => option.id === key)?.id ?? null;
    if (id !== value) onChange(id);
  };

  return (
    <AriaComboBox<Option>
      {...props}
      isInvalid={error != null}
      items={shown}
      value={value}
      onChange={choose}
      inputValue={text}
      onInputChange={(next) => setTyped(next === chosen ? null : next)}
      onBlur={() => setTyped(null)}
      allowsEmptyCollection
      className={cx(fieldCss.field, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel ?? false} required={props.isRequired} hint={hint} error={error}>
        <Group className={fieldCss.group}>
          <ComboInput
            typed={typed !== null}
            createKey={CREATE}
            created={created}
            placeholder={placeholder}
            inputRef={inputRef}
          />
          <IconButton
            icon={ChevronDown}
            label={t('showOptions')}
            size="compact"
            tooltip={false}
            className={fieldCss.inner}
          />
        </Group>
      </FieldFrame>
      <PopoverFrame width="trigger">
        <OptionList emptyText={t('noOption')} />
      </PopoverFrame>
    </AriaComboBox>
  );
}
