import { type LucideIcon, TriangleAlert } from 'lucide-react';
import { Icon } from '../controls/Icon.tsx';
import { cx } from '../cx.ts';
import css from './Badge.module.css';
import type { Tone } from './Chip.tsx';

interface BadgeProps {
  /** What is so, in words. */
  children: string;
  icon: LucideIcon;
  tone?: Tone;
}

/** A state in one line: an icon and its word, never a colour alone. */
export function Badge({ children, icon, tone = 'neutral' }: BadgeProps) {
  return (
    <span className={cx(css.badge, css[tone])}>
      <Icon icon={icon} />
      {children}
    </span>
  );
}

/** Late, blocked, refused: *En retard de 3 jours*. Nothing else is red. */
export function RedFlag({ children }: { children: string }) {
  return (
    <Badge icon={TriangleAlert} tone="danger">
      {children}
    </Badge>
  );
}
