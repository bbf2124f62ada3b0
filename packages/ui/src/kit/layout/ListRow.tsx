import type { ReactNode } from 'react';
import { Link } from '../controls/Link.tsx';
import { cx } from '../cx.ts';
import css from './ListRow.module.css';

interface ListRowProps {
  /** The title; with `href` the whole row leads there. */
  title: ReactNode;
  href?: string;
  /** Before the title: an icon, a number, an avatar. */
  leading?: ReactNode;
  /** One line below the title. */
  meta?: ReactNode;
  /** At the end of the row: buttons, a menu. They stay usable above the row's link. */
  actions?: ReactNode;
  /** The one open in the inspector. */
  current?: boolean;
  size?: 'normal' | 'compact';
}

/** One line of a list; stands in a `<ul>`. */
export function ListRow({ title, href, leading, meta, actions, current = false, size = 'normal' }: ListRowProps) {
  return (
    <li className={cx(css.row, css[size], current && css.currentRow, href !== undefined && css.linked)}>
      {leading !== undefined && <span className={css.leading}>{leading}</span>}
      <span className={css.words}>
        {href === undefined ? (
          <span className={css.title}>{title}</span>
        ) : (
          <Link
            href={href}
            variant="quiet"
            className={cx(css.title, css.link)}
            {...(current && { 'aria-current': 'true' as const })}
          >
            {title}
          </Link>
        )}
        {meta !== undefined && <span className={css.meta}>{meta}</span>}
      </span>
      {actions !== undefined && <span className={css.actions}>{actions}</span>}
    </li>
  );
}
