import type { LucideIcon } from 'lucide-react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';
import { Shortcut } from '../commands/Kbd.tsx';
import { cx } from '../cx.ts';
import { Tooltip } from '../overlays/Tooltip.tsx';
import { Icon } from './Icon.tsx';
import css from './IconButton.module.css';

export interface IconButtonProps
  extends Omit<AriaProps, 'children' | 'className' | 'style' | 'isPending' | 'render' | 'aria-label'> {
  icon: LucideIcon;
  /** Its name, also shown as a tooltip. */
  label: string;
  /** Shown in the tooltip, as `useCommand` writes them (`$mod+k`). */
  shortcut?: string;
  size?: 'normal' | 'compact';
  /** The tooltip, where the name alone says nothing new (a menu's chevron). */
  tooltip?: boolean;
  className?: string;
}

/** A button that is an icon; its name is announced, and shown on hover and focus. */
export function IconButton({
  icon,
  label,
  shortcut,
  size = 'normal',
  tooltip = true,
  className,
  ...props
}: IconButtonProps) {
  const button = (
    <AriaButton {...props} aria-label={label} className={cx(css.button, css[size], className)}>
      <Icon icon={icon} size={size === 'compact' ? 16 : 20} />
    </AriaButton>
  );
  if (!tooltip) return button;
  return (
    <Tooltip
      text={
        <>
          {label}
          {shortcut !== undefined && <Shortcut keys={shortcut} />}
        </>
      }
    >
      {button}
    </Tooltip>
  );
}
