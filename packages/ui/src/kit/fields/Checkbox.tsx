import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaProps } from 'react-aria-components';
import { cx } from '../cx.ts';
import css from './Checkbox.module.css';

export interface CheckboxProps extends Omit<AriaProps, 'children' | 'className' | 'style' | 'render'> {
  children: ReactNode;
  /** One line of detail below. */
  detail?: string;
  /** The label is heard, not seen (a row's own box). */
  hideLabel?: boolean;
  className?: string;
}

/** Something that is so or not, applied when the form is sent. What applies at once is a `Switch`. */
export function Checkbox({ children, detail, hideLabel = false, className, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className={cx(css.checkbox, className)}>
      {({ isIndeterminate, isSelected }) => (
        <>
          <span className={css.box}>
            {isIndeterminate ? (
              <Minus size={14} strokeWidth={3} aria-hidden />
            ) : (
              isSelected && <Check size={14} strokeWidth={3} aria-hidden />
            )}
          </span>
          <span className={hideLabel ? css.hidden : css.words}>
            {children}
            {detail !== undefined && <span className={css.detail}>{detail}</span>}
          </span>
        </>
      )}
    </AriaCheckbox>
  );
}
