import { Minus, Plus } from 'lucide-react';
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaProps,
  Group,
  Input,
} from 'react-aria-components';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';
import css from './NumberField.module.css';

export interface NumberFieldProps
  extends FieldProps,
    Omit<AriaProps, 'children' | 'className' | 'style' | 'isInvalid' | 'render' | 'value' | 'onChange'> {
  /** Null when empty. */
  value: number | null;
  onChange: (value: number | null) => void;
  className?: string;
}

/** A quantity, typed or stepped. */
export function NumberField({ label, hideLabel, hint, error, value, onChange, className, ...props }: NumberFieldProps) {
  const t = useStrings(kitStrings);
  return (
    <AriaNumberField
      {...props}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={error != null}
      className={cx(fieldCss.field, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel ?? false} required={props.isRequired} hint={hint} error={error}>
        <Group className={cx(fieldCss.group, css.group)}>
          <Input className={cx(fieldCss.bare, css.input)} />
          <IconButton slot="decrement" icon={Minus} label={t('decrease')} size="compact" tooltip={false} />
          <IconButton
            slot="increment"
            icon={Plus}
            label={t('increase')}
            size="compact"
            tooltip={false}
            className={fieldCss.inner}
          />
        </Group>
      </FieldFrame>
    </AriaNumberField>
  );
}
