import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './Field.module.css';

/** What every field has. */
export interface FieldProps {
  label: string;
  /** The label is heard, not seen: only where the place says it (a search above a list). */
  hideLabel?: boolean;
  /** One sentence below, before anything is typed. */
  hint?: string | undefined;
  /** What is wrong and how to mend it; null or absent when nothing is. */
  error?: string | null | undefined;
}

/** What surrounds the control of a field, inside one of react-aria's fields. */
export function FieldFrame({
  label,
  hideLabel = false,
  required = false,
  hint,
  error,
  children,
}: FieldProps & { required?: boolean | undefined; children: ReactNode }) {
  const t = useStrings(kitStrings);
  return (
    <>
      <Label className={cx(css.label, hideLabel && css.hidden)}>
        {label}
        {required && <span className={css.required}> ({t('required')})</span>}
      </Label>
      {children}
      {hint !== undefined && (
        <Text slot="description" className={css.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={css.error ?? ''}>
        <Icon icon={CircleAlert} />
        {error}
      </FieldError>
    </>
  );
}

/** Class names that the fields share. */
export const fieldCss = {
  field: css.field ?? '',
  input: css.input ?? '',
  group: css.group ?? '',
  bare: css.bare ?? '',
  inner: css.inner ?? '',
};
