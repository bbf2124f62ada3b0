import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps, Text } from 'react-aria-components';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { Tooltip } from '../overlays/Tooltip.tsx';
import css from './Button.module.css';
import { Icon } from './Icon.tsx';
import { Spinner } from './Spinner.tsx';

/** `primary`: the one of the view. `danger`: destroys something. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaProps, 'children' | 'className' | 'style' | 'isPending' | 'render'> {
  /** A verb and its object (*Créer le dossier*), never *OK*. */
  children: ReactNode;
  variant?: ButtonVariant;
  size?: 'normal' | 'compact';
  icon?: LucideIcon;
  /** At work: the label stays, further presses do nothing. */
  busy?: boolean;
  /** Why it cannot be used now. It stays reachable and says so. */
  disabledReason?: string | null | undefined;
  className?: string;
}

/** A button of the design. */
export function Button({
  children,
  variant = 'secondary',
  size = 'normal',
  icon,
  busy = false,
  disabledReason,
  className,
  ...props
}: ButtonProps) {
  const t = useStrings(kitStrings);
  const off = disabledReason != null;
  const button = (
    <AriaButton
      {...props}
      {...(off && { 'aria-disabled': true, onPress: () => {}, type: 'button' })}
      isPending={busy}
      className={cx(css.button, css[variant], css[size], off && css.off, className)}
    >
      {busy ? <Spinner label={t('busy')} /> : icon && <Icon icon={icon} />}
      <Text>{children}</Text>
    </AriaButton>
  );
  return off ? <Tooltip text={disabledReason}>{button}</Tooltip> : button;
}
