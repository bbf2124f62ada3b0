import type { ReactElement, ReactNode } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components';
import css from './Popover.module.css';
import { PopoverFrame } from './PopoverFrame.tsx';

interface PopoverProps {
  /** The control that opens it. */
  trigger: ReactElement;
  /** Its name for those who do not see it. */
  label: string;
  children: ReactNode | ((options: { close: () => void }) => ReactNode);
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A small panel beside its trigger. Escape and a click elsewhere close it, and focus returns. */
export function Popover({ trigger, label, children, placement = 'bottom start', ...state }: PopoverProps) {
  return (
    <DialogTrigger {...state}>
      {trigger}
      <PopoverFrame placement={placement}>
        <Dialog aria-label={label} className={css.content ?? ''}>
          {children}
        </Dialog>
      </PopoverFrame>
    </DialogTrigger>
  );
}
