import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { Breadcrumb } from './Breadcrumb.tsx';
import css from './Screen.module.css';

interface ScreenProps {
  /** The screen's name: its first heading, and the page's title. */
  title: string;
  /** Shown in place of the title: an `InlineEdit`. */
  titleEdit?: ReactNode;
  breadcrumb?: readonly { readonly label: string; readonly href?: string }[];
  /** At the right of the title: the one primary button last. */
  actions?: ReactNode;
  /** One line below the title: people, dates, the document's own sync chip. */
  meta?: ReactNode;
  /** Below the title, across: filters, views. */
  toolbar?: ReactNode;
  /** An open `Inspector`, or null. */
  inspector?: ReactNode;
  /** `reading`: 68ch; `full`: no side margins inside (a board that scrolls). */
  width?: 'content' | 'reading' | 'full';
  children: ReactNode;
}

/** One screen of the app: title, actions, content, and beside it an inspector. */
export function Screen({
  title,
  titleEdit,
  breadcrumb,
  actions,
  meta,
  toolbar,
  inspector,
  width = 'content',
  children,
}: ScreenProps) {
  return (
    <div className={css.screen}>
      <title>{`${title} · Liasse`}</title>
      <div className={cx(css.main, css[width])}>
        <header className={css.header}>
          {breadcrumb && <Breadcrumb items={breadcrumb} />}
          <div className={css.top}>
            <h1 className={css.title} tabIndex={-1}>
              {titleEdit ?? title}
            </h1>
            {actions !== undefined && (
              <div className={css.actions} data-chrome>
                {actions}
              </div>
            )}
          </div>
          {meta !== undefined && <div className={css.meta}>{meta}</div>}
          {toolbar}
        </header>
        <div className={css.content}>{children}</div>
      </div>
      {inspector}
    </div>
  );
}
