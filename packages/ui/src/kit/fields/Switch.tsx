import type { ReactNode } from 'react';
import { type SwitchProps as AriaProps, Switch as AriaSwitch } from 'react-aria-components';
import { cx } from '../cx.ts';
import css from './Switch.module.css';

export interface SwitchProps extends Omit<AriaProps, 'children' | 'className' | 'style' | 'render'> {
  children: ReactNode;
  /** One line of detail below. */
  detail?: string;
  className?: string;
}

/** Something that is on or off, and changes at once. */
export function Switch({ children, detail, className, ...props }: SwitchProps) {
  return (
    <AriaSwitch {...props} className={cx(css.switch, className)}>
      <span className={css.track}>
        <span className={css.thumb} />
      </span>
      <span className={css.words}>
        {children}
        {detail !== undefined && <span className={css.detail}>{detail}</span>}
      </span>
    </AriaSwitch>
  );
}
