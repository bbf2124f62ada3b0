import { type RefObject, useEffect, useRef } from 'react';

/**
 * Moves the focus to `target` when the component comes, and back to where it was when it goes: unless the person has
 * moved it elsewhere meanwhile.
 */
export function useReturnFocus(inside: RefObject<HTMLElement | null>, target: RefObject<HTMLElement | null>): void {
  const came = useRef<Element | null>(null);
  useEffect(() => {
    came.current = document.activeElement;
    const container = inside.current;
    target.current?.focus({ preventScroll: true });
    return () => {
      const active = document.activeElement;
      const elsewhere = active !== null && active !== document.body && !container?.contains(active);
      const before = came.current;
      if (!elsewhere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [inside, target]);
}
