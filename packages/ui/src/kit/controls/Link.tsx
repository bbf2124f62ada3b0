import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link as AriaLink, type LinkProps as AriaProps } from 'react-aria-components';
import { cx } from '../cx.ts';
import { Icon } from './Icon.tsx';
import css from './Link.module.css';

export interface LinkProps extends Omit<AriaProps, 'children' | 'className' | 'style' | 'render'> {
  /** Where it goes; an address of the app goes through its router. */
  href: string;
  children: ReactNode;
  /** `quiet`: the colour of the text, underlined on hover (titles in lists). */
  variant?: 'normal' | 'quiet';
  /** Leads out of the app: opens in another tab, and shows it. */
  external?: boolean;
  className?: string;
}

/** A link of the design. */
export function Link({ children, variant = 'normal', external = false, className, ...props }: LinkProps) {
  return (
    <AriaLink
      {...props}
      {...(external && { target: '_blank', rel: 'noreferrer noopener' })}
      className={cx(css.link, css[variant], className)}
    >
      {children}
      {/* U+2060 keeps the icon on the line of the last word. */}
      {external && (
        <>
          {'\u2060'}
          <Icon icon={ExternalLink} className={css.out ?? ''} />
        </>
      )}
    </AriaLink>
  );
}
