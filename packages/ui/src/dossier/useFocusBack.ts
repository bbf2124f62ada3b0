import { useEffect, useRef } from 'react';

/**
 * Gives the focus back to where a field stood once it is gone, unless the person has taken it elsewhere.
 *
 * @param find - what takes it; called when the field is gone
 */
export function useFocusBack(open: boolean, find: () => HTMLElement | null | undefined): void {
  const wasOpen = useRef(open);
  const found = useRef(find);
  found.current = find;
  useEffect(() => {
    if (wasOpen.current && !open && document.activeElement === document.body) found.current()?.focus();
    wasOpen.current = open;
  }, [open]);
}
