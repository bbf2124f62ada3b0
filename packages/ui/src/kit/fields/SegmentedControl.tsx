import type { LucideIcon } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import { cx } from '../cx.ts';
import css from './SegmentedControl.module.css';

/** One segment: words, and if need be an icon. */
export interface Segment<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: LucideIcon;
}

interface SegmentedControlProps<Id extends string> {
  /** What is chosen here, for those who do not see the group. */
  label: string;
  segments: readonly Segment<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  className?: string;
}

/** Two to four ways of looking at the same thing; one is always on. */
export function SegmentedControl<Id extends string>({
  label,
  segments,
  value,
  onChange,
  className,
}: SegmentedControlProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.id));
        if (chosen) onChange(chosen.id);
      }}
      className={cx(css.group, className)}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.id} id={segment.id} className={css.segment ?? ''}>
          {segment.icon && <Icon icon={segment.icon} />}
          {segment.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
