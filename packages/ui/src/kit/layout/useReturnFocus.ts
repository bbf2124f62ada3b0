import { type RefObject, useEffect, useRef } from 'react';

/**
 * Moves the focus to `target` when the component comes, and back to where it last was outside when it goes: unless the
 * person has moved it elsewhere meanwhile.
 */
export function useReturnFocus(inside: RefObject<HTMLElement | null>, target: RefObject<HTMLElement | null>): void {
  const outside = useRef<EventTarget | null>(null);
  useEffect(() => {
    const container = inside.current;
    if (!container) return;
    const enter = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !container.contains(relatedTarget)) outside.current = relatedTarget;
    };
    outside.current = document.activeElement;
    container.addEventListener('focusin', enter);
    target.current?.focus({ preventScroll: true });
    return () => {
      container.removeEventListener('focusin', enter);
      const active = document.activeElement;
      const elsewhere = active !== null && active !== document.body && !container.contains(active);
      const before = outside.current;
      if (!elsewhere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [inside, target]);
}
