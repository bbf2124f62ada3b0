import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import css from './Tooltip.module.css';

interface TooltipProps {
  /** A few words. Never the only place where something is said. */
  text: ReactNode;
  /** One control of the kit (or anything of react-aria that takes focus). */
  children: ReactElement;
}

/** Words shown on hover and on keyboard focus. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      {children}
      <AriaTooltip offset={6} className={css.tooltip ?? ''}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
