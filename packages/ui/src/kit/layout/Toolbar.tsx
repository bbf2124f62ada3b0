import type { ReactNode } from 'react';
import { Group } from 'react-aria-components';
import { cx } from '../cx.ts';
import css from './Toolbar.module.css';

interface ToolbarProps {
  /** What it acts on, for those who do not see it: *Filtres*. */
  label: string;
  children: ReactNode;
  className?: string;
}

/**
 * Controls in a row that wraps. A group, not ARIA's toolbar: arrows stay with the text fields among them, and each
 * control is one Tab away.
 */
export function Toolbar({ label, children, className }: ToolbarProps) {
  return (
    <Group aria-label={label} className={cx(css.toolbar, className)} data-chrome>
      {children}
    </Group>
  );
}
