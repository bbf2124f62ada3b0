import { Check, ChevronRight, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps as AriaMenuItemProps,
  MenuSection as AriaMenuSection,
  MenuTrigger as AriaMenuTrigger,
  Header,
  Keyboard,
  Separator,
  SubmenuTrigger,
  Text,
} from 'react-aria-components';
import { Shortcut } from '../commands/Kbd.tsx';
import { Icon } from '../controls/Icon.tsx';
import { cx } from '../cx.ts';
import css from './Menu.module.css';
import { PopoverFrame } from './PopoverFrame.tsx';

interface MenuProps {
  /** The control that opens it (an `IconButton` or a `Button`). */
  trigger: ReactElement;
  /** Its name; without one it takes the trigger's. */
  label?: string;
  /** `MenuItem`, `Submenu`, `MenuSection`, `MenuSeparator`. */
  children: ReactNode;
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A menu of commands. */
export function MenuTrigger({ trigger, label, children, placement = 'bottom start', ...state }: MenuProps) {
  return (
    <AriaMenuTrigger {...state}>
      {trigger}
      <PopoverFrame placement={placement}>
        <AriaMenu className={css.menu ?? ''} {...(label !== undefined && { 'aria-label': label })}>
          {children}
        </AriaMenu>
      </PopoverFrame>
    </AriaMenuTrigger>
  );
}

interface MenuItemProps extends Pick<AriaMenuItemProps, 'id' | 'href' | 'onAction' | 'isDisabled' | 'textValue'> {
  children: string;
  icon?: LucideIcon;
  /** As `useCommand` takes it. */
  shortcut?: string;
  /** One line of detail, or why it is disabled. */
  detail?: string;
  /** The current one among several. */
  current?: boolean;
  danger?: boolean;
}

/** One command of a menu. Its name is its words; the detail and the keys describe it. */
export function MenuItem({
  children,
  icon,
  shortcut,
  detail,
  current = false,
  danger = false,
  ...props
}: MenuItemProps) {
  return (
    <AriaMenuItem
      textValue={children}
      {...props}
      {...(current && { 'aria-current': true })}
      className={cx(css.item, danger && css.danger, current && css.current)}
    >
      {({ hasSubmenu }) => (
        <>
          {icon && <Icon icon={icon} />}
          <span className={css.words}>
            {children}
            {detail !== undefined && (
              <Text slot="description" aria-hidden className={css.detail ?? ''}>
                {detail}
              </Text>
            )}
          </span>
          {shortcut !== undefined && (
            <Keyboard aria-hidden className={css.keys ?? ''}>
              <Shortcut keys={shortcut} />
            </Keyboard>
          )}
          {current && <Icon icon={Check} />}
          {hasSubmenu && <Icon icon={ChevronRight} />}
        </>
      )}
    </AriaMenuItem>
  );
}

interface SubmenuProps {
  /** *Déplacer vers…* */
  label: string;
  icon?: LucideIcon;
  children: ReactNode;
}

/** A menu inside a menu. */
export function Submenu({ label, icon, children }: SubmenuProps) {
  return (
    <SubmenuTrigger>
      <MenuItem {...(icon && { icon })}>{label}</MenuItem>
      <PopoverFrame>
        <AriaMenu className={css.menu ?? ''}>{children}</AriaMenu>
      </PopoverFrame>
    </SubmenuTrigger>
  );
}

/** A named group of commands. */
export function MenuSection({ label, children }: { label: string; children: ReactNode }) {
  return (
    <AriaMenuSection className={css.section ?? ''}>
      <Header className={css.header ?? ''}>{label}</Header>
      {children}
    </AriaMenuSection>
  );
}

/** A line between commands. */
export function MenuSeparator() {
  return <Separator className={css.separator ?? ''} />;
}
