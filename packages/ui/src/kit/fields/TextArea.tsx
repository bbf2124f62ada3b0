import type { Ref } from 'react';
import { type TextFieldProps as AriaProps, TextArea as AriaTextArea, TextField } from 'react-aria-components';
import { cx } from '../cx.ts';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';
import css from './TextArea.module.css';

export interface TextAreaProps
  extends FieldProps,
    Omit<AriaProps, 'children' | 'className' | 'style' | 'isInvalid' | 'render' | 'type' | 'pattern'> {
  placeholder?: string;
  /** Lines shown at first; it grows with what is typed. */
  rows?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
  className?: string;
}

/** Several lines of plain text. */
export function TextArea({
  label,
  hideLabel,
  hint,
  error,
  placeholder,
  rows = 3,
  inputRef,
  className,
  ...props
}: TextAreaProps) {
  return (
    <TextField {...props} isInvalid={error != null} className={cx(fieldCss.field, className)}>
      <FieldFrame label={label} hideLabel={hideLabel ?? false} required={props.isRequired} hint={hint} error={error}>
        <AriaTextArea
          className={cx(fieldCss.input, css.area)}
          rows={rows}
          placeholder={placeholder}
          {...(inputRef && { ref: inputRef })}
        />
      </FieldFrame>
    </TextField>
  );
}
