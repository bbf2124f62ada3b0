import type { Ref } from 'react';
import { type TextFieldProps as AriaProps, TextField as AriaTextField, Input } from 'react-aria-components';
import { cx } from '../cx.ts';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';

export interface TextFieldProps
  extends FieldProps,
    Omit<AriaProps, 'children' | 'className' | 'style' | 'isInvalid' | 'render'> {
  /** An example, never the label. */
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}

/** One line of text. */
export function TextField({
  label,
  hideLabel,
  hint,
  error,
  placeholder,
  inputRef,
  className,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField {...props} isInvalid={error != null} className={cx(fieldCss.field, className)}>
      <FieldFrame label={label} hideLabel={hideLabel ?? false} required={props.isRequired} hint={hint} error={error}>
        <Input
          className={fieldCss.input}
          {...(placeholder !== undefined && { placeholder })}
          {...(inputRef && { ref: inputRef })}
        />
      </FieldFrame>
    </AriaTextField>
  );
}
