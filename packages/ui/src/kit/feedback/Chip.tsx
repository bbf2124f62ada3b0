import { type LucideIcon, X } from 'lucide-react';
import { Icon } from '../controls/Icon.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import css from './Chip.module.css';

/** What a chip's or a badge's colour says; the words say it too. Red is for late, blocked, destructive and refused. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'info' | 'warn' | 'danger';

interface ChipProps {
  children: string;
  icon?: LucideIcon;
  tone?: Tone;
  /** Adds a cross, named by `label` (*Retirer l’étiquette « Budget »*). */
  remove?: { readonly label: string; readonly run: () => void };
}

/** A word: a label, a filter, a state. */
export function Chip({ children, icon, tone = 'neutral', remove }: ChipProps) {
  return (
    <span className={cx(css.chip, css[tone])}>
      {icon && <Icon icon={icon} />}
      <span className={css.word}>{children}</span>
      {remove && (
        <IconButton
          icon={X}
          label={remove.label}
          size="compact"
          tooltip={false}
          onPress={remove.run}
          className={css.remove ?? ''}
        />
      )}
    </span>
  );
}
