import type { LucideIcon } from 'lucide-react';

interface IconProps {
  /** From `lucide-react`, imported by name. */
  icon: LucideIcon;
  size?: 16 | 20;
  /** Only where the icon stands alone: beside words it is decoration. */
  label?: string;
  className?: string;
}

/** An icon at one of the two sizes of the design. */
export function Icon({ icon: Glyph, size = 16, label, className }: IconProps) {
  return (
    <Glyph
      size={size}
      strokeWidth={1.75}
      className={className}
      style={{ flex: 'none' }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
