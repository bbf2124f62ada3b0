import type { ReactNode } from 'react';
import { Popover as AriaPopover, type PopoverProps as AriaProps } from 'react-aria-components';
import { cx } from '../cx.ts';
import css from './PopoverFrame.module.css';

interface PopoverFrameProps extends Omit<AriaProps, 'children' | 'className' | 'style' | 'render'> {
  /** `trigger`: as wide as what opened it, or wider. */
  width?: 'trigger' | 'content';
  children: ReactNode;
}

/** The floating surface that menus, lists and popovers share. */
export function PopoverFrame({ width = 'content', children, ...props }: PopoverFrameProps) {
  return (
    <AriaPopover offset={4} {...props} className={cx(css.popover, width === 'trigger' && css.wide)}>
      {children}
    </AriaPopover>
  );
}
